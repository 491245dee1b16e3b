using Registry.Infrastructure.Engine.Connections;
using Registry.Infrastructure.Engine.Dialects;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Infrastructure.Records.Mapping;

/// <summary>
/// A table and its history table, which has the same columns and <c>RecordedUntil</c>. Their statements are made from one
/// list of columns.
/// </summary>
internal sealed class RecordTable : ISqlPart, INamedStatements
{
    private readonly string[] _columns;
    private readonly Dictionary<int, Sql> _findSeveral;

    public RecordTable(string name, string idColumn, params string[] columns)
    {
        _columns = [idColumn, .. columns, "Version", "RecordedFrom"];
        Name = name;
        IdColumn = idColumn;
        HoldsRecords = columns.Contains("Record");
        List = string.Join(", ", _columns);
        Insert = $"INSERT INTO {Name} ({List}) VALUES ({string.Join(", ", _columns.Select(c => $"@{c}"))})";
        Archive =
            $"INSERT INTO {Name}History ({List}, RecordedUntil) SELECT {List}, @Now FROM {Name} WHERE {IdColumn} = @Id";
        ArchiveVersion = $"{Archive} AND Version = @Version";
        Update =
            $"UPDATE {Name} SET {string.Join(", ", _columns.Skip(1).Select(c => $"{c} = @{c}"))} WHERE {IdColumn} = @{IdColumn}";
        Delete = $"DELETE FROM {Name} WHERE {IdColumn} = @Id";
        Find = $"SELECT r.{IdColumn} AS Id, r.Version, r.RecordedFrom, r.Record FROM {this} r WHERE r.{IdColumn} = @Id";
        FindPeriod = columns.Contains(PeriodRow.Columns[0])
            ? $"SELECT {string.Join(", ", PeriodRow.Columns)} FROM {Name} WHERE {IdColumn} = @Id"
            : null;
        _findSeveral = ParameterLists.Places.ToDictionary(
            places => places,
            Sql (places) =>
                $"SELECT r.{IdColumn} AS Id, r.Version, r.RecordedFrom, r.Record FROM {this} r WHERE r.{IdColumn} {ParameterLists.In("Id", places)}"
        );
        LastVersion = $"SELECT MAX(Version) FROM {Name}History WHERE {IdColumn} = @Id";
        FindLast = $"""
            SELECT r.{IdColumn} AS Id, r.Version, r.RecordedFrom, r.Record
            FROM {Name}History r
            WHERE r.{IdColumn} = @Id AND r.Version = (SELECT MAX(l.Version) FROM {Name}History l WHERE l.{IdColumn} = @Id)
            """;
    }

    public string Name { get; }

    /// <summary>The collection of the records, or of the records whose parts the rows are; null for an index over several collections.</summary>
    public string? Collection { get; init; }

    /// <summary>The columns that refer to other records, with the collections that these are in.</summary>
    public IReadOnlyDictionary<string, string> References { get; init; } = new Dictionary<string, string>();

    public string IdColumn { get; }

    /// <summary>True for the table with one row a record; the others hold parts of records.</summary>
    public bool HoldsRecords { get; }

    public string Insert { get; }

    /// <summary>The columns, in order.</summary>
    public IReadOnlyList<string> Columns => _columns;

    /// <summary>
    /// Inserts several rows at once: the parameters of each row have its number as a suffix, except those that all rows
    /// share.
    /// </summary>
    public string InsertMany(int rows, IReadOnlySet<string> shared) =>
        $"INSERT INTO {Name} ({List}) VALUES "
        + string.Join(
            ", ",
            Enumerable
                .Range(0, rows)
                .Select(row =>
                    $"({string.Join(", ", _columns.Select(c => shared.Contains(c) ? $"@{c}" : $"@{c}{row}"))})"
                )
        );

    /// <summary>Copies the current row to the history table.</summary>
    public string Archive { get; }

    /// <summary>The same, when the row has the version @Version.</summary>
    public string ArchiveVersion { get; }

    public string Update { get; }

    public string Delete { get; }

    public Sql Find { get; }

    /// <summary>Selects the columns of the period of a record; null for a table without a period.</summary>
    public string? FindPeriod { get; }

    /// <summary>The records with the ids of the parameters @Id_0, @Id_1 and so on.</summary>
    /// <param name="places">The number of parameters, one of those in <see cref="ParameterLists"/>.</param>
    public Sql FindSeveral(int places) => _findSeveral[places];

    /// <summary>The rows as a table: by its name, or as a query in brackets.</summary>
    public string Text(SqlForm form) =>
        form switch
        {
            SqlForm.AtInstant => $"({AtInstant})",
            SqlForm.WithDeleted when Collection is not null => $"({WithDeleted})",
            _ => Name,
        };

    /// <summary>
    /// The rows as the first table of a list. With the deleted ones, only the rows that were recorded after the instant
    /// @ChangedSince, found by that instant; every other use of the table finds rows by the id of their record.
    /// </summary>
    public ISqlPart Listed => new ListedRows(this, ChangedOrDeleted(ByInstant));

    /// <summary>The same rows to be counted, in no order.</summary>
    public ISqlPart Counted => new ListedRows(this, ChangedOrDeleted("RecordedFrom > @ChangedSince"));

    /// <summary>
    /// The condition that a record was recorded after the instant @ChangedSince, for a statement with an order: with a plain
    /// comparison, SQLite would read the whole table in the order, instead of what was recorded since.
    /// </summary>
    private string ByInstant =>
        $"{IdColumn} IN (SELECT changed.{IdColumn} FROM {Name} changed WHERE changed.RecordedFrom > @ChangedSince)";

    /// <summary>The record found by its key in a statement, under an alias.</summary>
    public Lookup Lookup(string alias) => new(this, alias);

    /// <summary>The rows that were current at the instant @KnownAt.</summary>
    private string AtInstant =>
        $"""
            SELECT {List} FROM {Name} WHERE RecordedFrom <= @KnownAt
            UNION ALL SELECT {List} FROM {Name}History WHERE RecordedFrom <= @KnownAt AND RecordedUntil > @KnownAt
            """;

    /// <summary>
    /// The current rows, and the last rows of the records that were deleted after the instant @ChangedSince and not restored
    /// since. The row of a deleted record has no record, and the version and the instant of the deletion.
    /// </summary>
    /// <remarks>
    /// The order of the cross join is the order in which SQLite reads: the history of the one record that a statement looks up,
    /// then its deletion. The other order would read all changes since the instant for each record.
    /// </remarks>
    private string WithDeleted =>
        $"""
            SELECT {List} FROM {Name}
            UNION ALL SELECT {string.Join(", ", _columns.Select(OfDeleted))}
            FROM {Name}History h CROSS JOIN Change deleted
            WHERE {IsDeletion} AND deleted.Instant > @ChangedSince
            """;

    /// <summary>The same rows, without the current ones that were recorded by the instant @ChangedSince.</summary>
    private string ChangedOrDeleted(string isChanged) =>
        $"""
            SELECT {List} FROM {Name} WHERE {isChanged}
            UNION ALL SELECT {string.Join(", ", _columns.Select(OfDeleted))}
            FROM Change deleted CROSS JOIN {Name}History h
            WHERE {IsDeletion} AND deleted.Sequence >
                (SELECT COALESCE(MAX(before.Sequence), 0) FROM Change before WHERE before.Instant <= @ChangedSince)
            """;

    private string IsDeletion =>
        $"""
            deleted.Collection = '{Collection}' AND deleted.SubjectId = h.{IdColumn} AND deleted.Version = h.Version + 1
              AND deleted.Operation = 'deleted'
              AND NOT EXISTS (SELECT 1 FROM Change later WHERE later.Collection = deleted.Collection
                AND later.SubjectId = deleted.SubjectId AND later.Version > deleted.Version)
            """;

    /// <summary>A page of the current records that were already current at the instant @KnownAt, in the order of their ids.</summary>
    public string PageAtInstant(SqlDialect dialect) =>
        $"""
            SELECT r.{IdColumn} AS Id, r.Version, r.RecordedFrom, r.Record
            FROM {Name} r
            WHERE r.RecordedFrom <= @KnownAt AND r.{IdColumn} > @After
            ORDER BY r.{IdColumn}
            {dialect.FirstRows}
            """;

    /// <summary>A page of the records between two ids that were current at the instant @KnownAt and have been archived since.</summary>
    public string ArchivedSince(SqlDialect dialect, bool upToLast) =>
        $"""
            SELECT r.{IdColumn} AS Id, r.Version, r.RecordedFrom, r.Record
            FROM {Name}History r
            WHERE r.RecordedFrom <= @KnownAt AND r.RecordedUntil > @KnownAt
              AND r.{IdColumn} > @After{(upToLast ? $" AND r.{IdColumn} <= @Last" : "")}
            ORDER BY r.{IdColumn}
            {dialect.FirstRows}
            """;

    /// <summary>The ids of the records that have the identifier @Value of the scheme @Scheme, in a table of identifiers.</summary>
    public string Identified => $"SELECT DISTINCT {IdColumn} FROM {Name} WHERE Value = @Value AND Scheme = @Scheme";

    /// <summary>Selects the last archived version of an id, also of a deleted record; null when the id was never archived.</summary>
    public string LastVersion { get; }

    /// <summary>The same, of the versions archived by the instant @Instant.</summary>
    public string LastVersionBefore =>
        $"SELECT MAX(Version) FROM {Name}History WHERE {IdColumn} = @Id AND RecordedUntil <= @Instant";

    /// <summary>The last archived version: for a deleted record, the one before the deletion.</summary>
    public string FindLast { get; }

    IEnumerable<(string Name, string Text)> INamedStatements.Statements
    {
        get
        {
            (string Name, string Text)[] statements =
            [
                (nameof(Insert), Insert),
                (nameof(Archive), Archive),
                (nameof(ArchiveVersion), ArchiveVersion),
                (nameof(Update), Update),
                (nameof(Delete), Delete),
                (nameof(Find), Find.Present),
                ($"{nameof(Find)}.{nameof(SqlForm.AtInstant)}", Find.Text(SqlForm.AtInstant)),
                (nameof(LastVersion), LastVersion),
                (nameof(LastVersionBefore), LastVersionBefore),
                (nameof(FindLast), FindLast),
            ];
            return statements
                .Concat(FindPeriod is { } period ? [(nameof(FindPeriod), period)] : [])
                .Concat(_findSeveral.Values.Select(several => (nameof(FindSeveral), several.Present)));
        }
    }

    private string List { get; }

    private string OfDeleted(string column) =>
        column switch
        {
            // With the type of the other rows, or SQLite would read all rows of both before it sorts them.
            "Record" => "CAST('' AS NVARCHAR(1))",
            "Version" when HoldsRecords => "deleted.Version",
            "RecordedFrom" when HoldsRecords => "deleted.Instant",
            _ => $"h.{column}",
        };

    private sealed record ListedRows(RecordTable Table, string ChangedOrDeleted) : ISqlPart
    {
        public string Text(SqlForm form) => form == SqlForm.WithDeleted ? $"({ChangedOrDeleted})" : Table.Text(form);
    }
}

/// <summary>The rows of one version of a record.</summary>
internal sealed record RecordRows(RecordRow Main, params IEnumerable<RecordRow>[] Parts);

/// <summary>The columns of every row.</summary>
internal abstract record RecordRow
{
    /// <summary>1 for the first version of a record, then one more at every write.</summary>
    public int Version { get; init; }

    /// <summary>The time from which the row is current, in UTC.</summary>
    public DateTimeOffset RecordedFrom { get; init; }

    /// <summary>The whole record, as it is served; empty in the rows of parts.</summary>
    public string Record { get; init; } = "";
}

/// <summary>A record as it is stored.</summary>
public sealed record StoredRecord
{
    /// <summary>The id in its collection.</summary>
    public string Id { get; init; } = "";

    /// <summary>1 for the first version, then one more at every write.</summary>
    public int Version { get; init; }

    /// <summary>The time at which this version was written, in UTC.</summary>
    public DateTimeOffset RecordedFrom { get; init; }

    /// <summary>The record as JSON, byte for byte as it is served.</summary>
    public string Record { get; init; } = "";

    /// <summary>True when the record includes more than its version, so that its ETag is weak.</summary>
    public bool Expanded { get; init; }

    /// <summary>True when a write changed nothing.</summary>
    public bool Unchanged { get; init; }

    /// <summary>The languages of the name of the record, as a part of its ETag; null for the default.</summary>
    public string? Languages { get; init; }

    /// <summary>The name of the record when this is its current version, so that a cached response is valid until it changes; otherwise null.</summary>
    public RecordName? CurrentName { get; init; }
}
