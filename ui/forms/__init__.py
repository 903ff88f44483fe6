"""Forms: fields that speak one small protocol, bound to the input of a verb."""
