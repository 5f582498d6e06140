"""What the data is and how it is kept: words, values, tables, migrations, read queries. Imports nothing of ours."""
