"""`make bench`: what requests cost, beside a bare Django view in the same run."""
