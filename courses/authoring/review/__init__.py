"""From a draft to its learners: handed in, looked at by somebody else, sent back or published, offered to others."""
