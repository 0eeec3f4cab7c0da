"""Running test cases: workers, dispatch, verdicts, retries and the files of each case."""
