"""Several tables, several customer numbers → one."""
