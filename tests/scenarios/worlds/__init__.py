"""The worlds that tests, scenarios and benchmarks stand on."""
