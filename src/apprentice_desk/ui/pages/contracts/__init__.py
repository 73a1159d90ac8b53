"""The page of contracts: their list, with what needs doing first."""
