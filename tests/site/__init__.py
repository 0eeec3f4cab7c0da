"""The documentation as a site: the pages made from the data, and the tests of all of them."""
