"""Commands run in this process."""

from desktop_app.cli import commands


def greyline(*arguments):
    """The exit code of a command."""
    return commands.main([str(argument) for argument in arguments])
