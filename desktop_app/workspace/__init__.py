"""The application's state, Qt-free and on one thread: open book, scenarios, history; requests and answers."""
