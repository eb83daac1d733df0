"""DuckDB: the project file, policies as SQL, cubes; the only package that imports duckdb."""
