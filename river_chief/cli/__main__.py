from river_chief.cli import main

if __name__ == "__main__":
    main()
