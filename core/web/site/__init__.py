"""Pages: each file makes the view models of one kind of page (``pages/README.md``) and answers its requests."""
