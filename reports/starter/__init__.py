"""New audiences, briefs and workspaces: files with comments that teach, which build at once."""
