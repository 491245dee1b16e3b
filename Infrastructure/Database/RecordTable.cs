namespace Registry.Infrastructure.Database;

/// <summary>
/// A table and the history table beside it, which has the same columns and <c>RecordedUntil</c>.
/// Their statements are made from one list of columns, so that no copy of the list can fall behind.
/// </summary>
internal sealed class RecordTable(string name, string idColumn, params string[] columns)
{
    private readonly string[] _columns = [idColumn, .. columns, "Version", "RecordedFrom"];

    public string Name { get; } = name;

    /// <summary>True for the table with one row a record; the others hold parts of records.</summary>
    public bool HoldsRecords { get; } = columns.Contains("Record");

    public string Insert => $"INSERT INTO {Name} ({List}) VALUES ({string.Join(", ", _columns.Select(c => $"@{c}"))})";

    /// <summary>Puts the row as it stands into the history, where it held until now.</summary>
    public string Archive =>
        $"INSERT INTO {Name}History ({List}, RecordedUntil) SELECT {List}, @Now FROM {Name} WHERE {idColumn} = @Id";

    public string Update =>
        $"UPDATE {Name} SET {string.Join(", ", _columns.Skip(1).Select(c => $"{c} = @{c}"))} WHERE {idColumn} = @{idColumn}";

    public string Delete => $"DELETE FROM {Name} WHERE {idColumn} = @Id";

    public string Find => $"SELECT {idColumn} AS Id, Version, RecordedFrom, Record FROM {Name} WHERE {idColumn} = @Id";

    /// <summary>One row when the id was ever given, also when its record was deleted since.</summary>
    public string WasHeld => $"SELECT MAX(Version) FROM {Name}History WHERE {idColumn} = @Id";

    private string List => string.Join(", ", _columns);
}

/// <summary>A kind of record: its collection in the API, and its tables.</summary>
/// <param name="Collection">The collection in paths and in the change log: <c>forums</c>.</param>
/// <param name="Noun">One of them: <c>forum</c>.</param>
/// <param name="Main">The table with one row a record, whose column Record holds the record whole.</param>
/// <param name="Parts">The tables that index what the record contains, replaced with it.</param>
internal sealed record RecordKind(string Collection, string Noun, RecordTable Main, params RecordTable[] Parts);

/// <summary>The rows that one version of one record fills.</summary>
internal sealed record RecordRows(RecordRow Main, params IEnumerable<RecordRow>[] Parts);

/// <summary>What every row carries.</summary>
internal abstract record RecordRow
{
    /// <summary>1 for the first version of a record, then one more at every write.</summary>
    public int Version { get; init; }

    /// <summary>Since when the row is what the registry says.</summary>
    public DateTimeOffset RecordedFrom { get; init; }

    /// <summary>The record whole, as it is served; empty in the rows of parts.</summary>
    public string Record { get; init; } = "";
}

/// <summary>A record as it stands on disk.</summary>
public sealed record StoredRecord
{
    /// <summary>What names it in its collection.</summary>
    public string Id { get; init; } = "";

    /// <summary>1 for the first version, then one more at every write.</summary>
    public int Version { get; init; }

    /// <summary>When this version was written.</summary>
    public DateTimeOffset RecordedFrom { get; init; }

    /// <summary>The record as JSON, byte for byte as it is served.</summary>
    public string Record { get; init; } = "";
}
