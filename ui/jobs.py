"""Work on the ledger: ``run`` a verb now, ``start`` long work beside the window, ``fetch`` quietly.

All writing ends in ``workspace.changed``; everything that goes wrong ends in ``messages.show_error``.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QRunnable, Signal, SignalInstance, Slot
from PySide6.QtWidgets import QWidget

from river_chief.changes import Changes
from river_chief.errors import InvalidInput
from river_chief.progress import Progress
from river_chief.queries.history import last_act
from river_chief.storage.database import Verb, Writer
from river_chief.storage.undo import redo_last, undo_act, undo_batch, undo_last
from river_chief.verbs.input import InputT
from ui import messages
from ui.messages import Notice
from ui.progress_dialog import ProgressDialog
from ui.workspace import Workspace

ResultT = TypeVar("ResultT")


def run(
    parent: QWidget,
    workspace: Workspace,
    verb: Verb[InputT],
    entry: InputT,
    *,
    invalid: Callable[[InvalidInput], object] | None = None,
    notice: bool = True,
) -> Changes | None:
    """Carry out a short verb in one transaction; None when it was refused (and that was shown).

    ``invalid``  takes complaints about single fields, to be shown beside them.
    ``notice``   tell the act's sentence in the window, with 撤销.
    """
    return write(parent, workspace, lambda writer: writer.do(verb, entry), invalid=invalid, notice=notice)


def write(
    parent: QWidget,
    workspace: Workspace,
    work: Callable[[Writer], object],
    *,
    invalid: Callable[[InvalidInput], object] | None = None,
    notice: bool = True,
) -> Changes | None:
    """Like ``run`` for several verbs that stand or fall together: *work* calls ``writer.do`` for each."""
    try:
        changes = workspace.database.run(work, by=workspace.clerk, today=workspace.today())
    except InvalidInput as error:
        (invalid or (lambda error: messages.show_error(parent, error)))(error)
        return None
    except Exception as error:
        messages.show_error(parent, error)
        return None
    workspace.changed.emit(changes)
    if notice:
        tell(parent, workspace, changes)
    return changes


def tell(parent: QWidget, workspace: Workspace, changes: Changes) -> None:
    """Tell in the window what was just done, with 撤销."""
    workspace.noticed.emit(Notice(f"{changes.sentence}。", _undo_action(parent, workspace)))


def undo(
    parent: QWidget, workspace: Workspace, act_id: int | None = None, *, batch_id: int | None = None
) -> Changes | None:
    """Take back the act *act_id*, the whole batch *batch_id*, or what was done last.

    None when it was refused (and that was shown).
    """

    def work(writer: Writer) -> str:
        if batch_id is not None:
            return undo_batch(writer, batch_id)
        return undo_last(writer) if act_id is None else undo_act(writer, act_id)

    changes = write(parent, workspace, work, notice=False)
    if changes is not None:
        back = ("恢复", lambda: redo(parent, workspace))
        workspace.noticed.emit(Notice(f"已{changes.sentence}。", (back,)))
    return changes


def redo(parent: QWidget, workspace: Workspace) -> Changes | None:
    """Bring back what was taken back last; None when it was refused (and that was shown)."""
    return write(parent, workspace, redo_last)


def _undo_action(parent: QWidget, workspace: Workspace) -> tuple[tuple[str, Callable[[], object]], ...]:
    with workspace.read() as session:
        act = last_act(session)
    if act is None:
        return ()
    window = parent.window().parentWidget() or parent.window()
    return (("撤销", lambda: undo(window, workspace, act.id, batch_id=act.batch_id)),)


def start(
    parent: QWidget,
    workspace: Workspace,
    title: str,
    work: Callable[[Progress], ResultT],
    *,
    done: Callable[[ResultT], object] | None = None,
) -> Job:
    """Carry out long *work* on a worker, with a progress dialog that can stop it.

    *work* opens its own session (``workspace.database.read()`` or ``write()``), touches no widget and
    calls ``progress.step``. *done* is called with its result in the window's thread. A result that is
    ``Changes``, or has them as ``changes``, is announced as changed first.
    """
    job = Job(workspace, work)
    dialog = ProgressDialog(parent, title)

    def succeed(result: ResultT) -> None:
        dialog.end()
        changes = result if isinstance(result, Changes) else getattr(result, "changes", None)
        if isinstance(changes, Changes):
            workspace.changed.emit(changes)
        if done is not None:
            done(result)

    def fail(error: BaseException) -> None:
        dialog.end()
        messages.show_error(parent, error)

    dialog.stop_asked.connect(job.stop)
    job.advanced.connect(dialog.advance)
    job.succeeded.connect(succeed)
    job.failed.connect(fail)
    dialog.open()
    job.begin()
    return job


def fetch(
    parent: QWidget | None,
    workspace: Workspace,
    work: Callable[[], ResultT],
    done: Callable[[ResultT], object],
) -> Job:
    """Read something in the background without a dialog; *done* gets it in the window's thread."""
    job = Job(workspace, lambda _progress: work())
    job.succeeded.connect(done)
    job.failed.connect(lambda error: messages.show_error(parent, error))
    job.begin()
    return job


class Job(QObject):
    """One piece of work on the workspace's pool; its signals are emitted in the window's thread.

    ``advanced(done, total, words)``, then either ``succeeded(result)`` or ``failed(error)``.
    """

    advanced = Signal(int, int, str)
    succeeded = Signal(object)
    failed = Signal(object)

    def __init__(self, workspace: Workspace, work: Callable[[Progress], Any]) -> None:
        super().__init__(workspace)
        self._workspace = workspace
        self._work = work
        self._stopped = False

    def begin(self) -> None:
        """Hand the work to the pool."""
        self._workspace.pool.start(_Runner(self._carry_out))

    @Slot()
    def stop(self) -> None:
        """Ask the work to stop; it ends as ``Cancelled`` at its next step."""
        self._stopped = True

    def _carry_out(self) -> None:
        """Do the work, in the worker's thread."""
        post = self._workspace.post
        progress = Progress(
            lambda done, total, words: post(partial(self.advanced.emit, done, total, words)),
            lambda: self._stopped or not self._workspace.is_open,
        )
        try:
            result = self._work(progress)
        except BaseException as error:
            post(partial(self._end, self.failed, error))
        else:
            post(partial(self._end, self.succeeded, result))

    def _end(self, signal: SignalInstance, outcome: object) -> None:
        signal.emit(outcome)
        self.deleteLater()


class _Runner(QRunnable):
    """What the pool runs."""

    def __init__(self, work: Callable[[], None]) -> None:
        super().__init__()
        self._work = work

    def run(self) -> None:
        self._work()
