"""The tests of Jobcenter: `./test` runs them all, `./test tests/unit` some of them."""
