"""The page of templates of learning plans and of partners' offers."""
