using Registry.Infrastructure.Records.Mapping;

namespace Registry.Infrastructure.Records.Reading;

/// <summary>
/// A lookup of a record by its key, as a left join: <c>LEFT JOIN {Forum.On("s.ForumCode")}</c>, with its columns as
/// <c>{Forum["Name"]}</c>.
/// </summary>
/// <remarks>
/// At an instant, and with deleted records, the lookup becomes two joins, to the table and to its history; at most one of
/// them finds a row. If both were read as one derived table, SQLite would first materialize it, once for each combination
/// of the other tables and their histories.
/// </remarks>
internal sealed class Lookup
{
    private readonly RecordTable _table;
    private readonly string _alias;

    /// <exception cref="ArgumentException">A record has several rows in the table.</exception>
    public Lookup(RecordTable table, string alias)
    {
        _table = table.HoldsRecords
            ? table
            : throw new ArgumentException($"The table {table.Name} has no single-column key.", nameof(table));
        _alias = alias;
    }

    private string Archived => $"{_alias}Archived";

    /// <summary>Gets a column of the record; null when there is none.</summary>
    public ISqlPart this[string column] => new Column(this, column);

    /// <summary>Gets the table with its alias, and the condition on its key.</summary>
    public ISqlPart On(string key) => On((Sql)$"{key}");

    /// <summary>Gets the table with its alias, and the condition on its key.</summary>
    public ISqlPart On(ISqlPart key) => new LeftJoin(this, key);

    /// <summary>
    /// Joins a table with a record for every row: as an inner join to the current records, which the database may read first.
    /// </summary>
    public ISqlPart Join(string key) => new InnerJoin(this, (Sql)$"{key}");

    private sealed record Column(Lookup Lookup, string Name) : ISqlPart
    {
        public string Text(SqlForm form) =>
            form != SqlForm.Present
                ? $"COALESCE({Lookup._alias}.{Name}, {Lookup.Archived}.{Name})"
                : $"{Lookup._alias}.{Name}";
    }

    private sealed record LeftJoin(Lookup Lookup, ISqlPart Key) : ISqlPart
    {
        public string Text(SqlForm form)
        {
            var (table, alias, archived) = (Lookup._table, Lookup._alias, Lookup.Archived);
            var key = Key.Text(form);
            return form switch
            {
                SqlForm.AtInstant => $"""
                    {table.Name} {alias} ON {alias}.RecordedFrom <= @KnownAt AND {alias}.{table.IdColumn} = {key}
                    LEFT JOIN {table.Name}History {archived} ON {archived}.RecordedFrom <= @KnownAt
                        AND {archived}.RecordedUntil > @KnownAt AND {archived}.{table.IdColumn} = {key}
                    """,
                // What a record that was deleted after @ChangedSince refers to was deleted after it, or not at all.
                SqlForm.WithDeleted => $"""
                    {table.Name} {alias} ON {alias}.{table.IdColumn} = {key}
                    LEFT JOIN {table.Name}History {archived} ON {alias}.{table.IdColumn} IS NULL
                        AND {archived}.{table.IdColumn} = {key} AND {archived}.Version =
                            (SELECT MAX({archived}Last.Version) FROM {table.Name}History {archived}Last
                            WHERE {archived}Last.{table.IdColumn} = {key})
                    """,
                _ => $"{table.Name} {alias} ON {alias}.{table.IdColumn} = {key}",
            };
        }
    }

    private sealed record InnerJoin(Lookup Lookup, ISqlPart Key) : ISqlPart
    {
        public string Text(SqlForm form) =>
            $"{(form == SqlForm.Present ? "JOIN" : "LEFT JOIN")} {new LeftJoin(Lookup, Key).Text(form)}";
    }
}
