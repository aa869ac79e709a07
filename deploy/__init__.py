"""Everything that starts the portal: on this machine (`make run`, `make test`) and elsewhere."""
