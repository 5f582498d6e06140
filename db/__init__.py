"""What the data is and how it is kept: vocabulary, values, tables, migrations, read queries. Imports nothing of ours."""
