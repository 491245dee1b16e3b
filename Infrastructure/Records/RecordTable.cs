using Registry.Infrastructure.Engine;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Infrastructure.Records;

/// <summary>
/// A table and the history table beside it, which has the same columns and <c>RecordedUntil</c>.
/// Their statements are made from one list of columns, so that no copy of the list can fall behind, and those of every write
/// only once.
/// </summary>
internal sealed class RecordTable : ISqlPart
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
        _findSeveral = ParameterLists.Places.ToDictionary(
            places => places,
            Sql (places) =>
                $"SELECT r.{IdColumn} AS Id, r.Version, r.RecordedFrom, r.Record FROM {this} r WHERE r.{IdColumn} {ParameterLists.In("Id", places)}"
        );
        WasHeld = $"SELECT MAX(Version) FROM {Name}History WHERE {IdColumn} = @Id";
        FindLast = $"""
            SELECT r.{IdColumn} AS Id, r.Version, r.RecordedFrom, r.Record
            FROM {Name}History r
            WHERE r.{IdColumn} = @Id AND r.Version = (SELECT MAX(l.Version) FROM {Name}History l WHERE l.{IdColumn} = @Id)
            """;
    }

    public string Name { get; }

    /// <summary>The collection of the records that the rows are, or are parts of; null for an index of several collections.</summary>
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
    /// Inserts several rows at once: the parameters of each have its number behind their names, but for those that all rows
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

    /// <summary>Puts the row as it stands into the history, where it held until now.</summary>
    public string Archive { get; }

    /// <summary>The same, if it is the version @Version.</summary>
    public string ArchiveVersion { get; }

    public string Update { get; }

    public string Delete { get; }

    public Sql Find { get; }

    /// <summary>The records with the ids of the parameters @Id_0, @Id_1 and so on.</summary>
    /// <param name="places">How many parameters there are: one of the numbers of <see cref="ParameterLists"/>.</param>
    public Sql FindSeveral(int places) => _findSeveral[places];

    /// <summary>The rows as a table: by its name, or as a query in brackets.</summary>
    public string Text(SqlForm form) =>
        form switch
        {
            SqlForm.AtInstant => $"({AtInstant})",
            SqlForm.WithDeleted when Collection is not null => $"({WithDeleted})",
            _ => Name,
        };

    /// <summary>The record found by its key in a statement, under an alias.</summary>
    public Lookup Lookup(string alias) => new(this, alias);

    /// <summary>The rows that stood at the instant @KnownAt.</summary>
    private string AtInstant =>
        $"""
            SELECT {List} FROM {Name} WHERE RecordedFrom <= @KnownAt
            UNION ALL SELECT {List} FROM {Name}History WHERE RecordedFrom <= @KnownAt AND RecordedUntil > @KnownAt
            """;

    /// <summary>
    /// The rows as they stand, and those of the records that were deleted after the instant @ChangedSince and not restored
    /// since, as they stood last; a row that holds a record is then without it, and has the version and the instant of the
    /// deletion.
    /// </summary>
    private string WithDeleted =>
        $"""
            SELECT {List} FROM {Name}
            UNION ALL SELECT {string.Join(", ", _columns.Select(OfDeleted))}
            FROM Change deleted JOIN {Name}History h ON h.{IdColumn} = deleted.SubjectId AND h.Version = deleted.Version - 1
            WHERE deleted.Collection = '{Collection}' AND deleted.Operation = 'deleted' AND deleted.Sequence >
                (SELECT COALESCE(MAX(before.Sequence), 0) FROM Change before WHERE before.Instant <= @ChangedSince)
              AND NOT EXISTS (SELECT 1 FROM Change later WHERE later.Collection = deleted.Collection
                AND later.SubjectId = deleted.SubjectId AND later.Version > deleted.Version)
            """;

    /// <summary>A page of the records as they stand that stood already at the instant @KnownAt, in the order of their ids.</summary>
    public string PageAtInstant(SqlDialect dialect) =>
        $"""
            SELECT r.{IdColumn} AS Id, r.Version, r.RecordedFrom, r.Record
            FROM {Name} r
            WHERE r.RecordedFrom <= @KnownAt AND r.{IdColumn} > @After
            ORDER BY r.{IdColumn}
            {dialect.FirstRows}
            """;

    /// <summary>A page of the records between two ids that stood at the instant @KnownAt and were archived since.</summary>
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

    /// <summary>One row when the id was ever given, also when its record was deleted since.</summary>
    public string WasHeld { get; }

    /// <summary>The last version that was archived: of a deleted record, what it said before the deletion.</summary>
    public string FindLast { get; }

    /// <summary>One row when the id was given before an instant, also when its record was deleted by then.</summary>
    public string WasHeldBefore =>
        $"SELECT MAX(Version) FROM {Name}History WHERE {IdColumn} = @Id AND RecordedUntil <= @Instant";

    private string List { get; }

    private string OfDeleted(string column) =>
        column switch
        {
            "Record" => "''",
            "Version" when HoldsRecords => "deleted.Version",
            "RecordedFrom" when HoldsRecords => "deleted.Instant",
            _ => $"h.{column}",
        };
}

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

    /// <summary>True where the record carries more than is stored, so that its version does not stand for it.</summary>
    public bool Expanded { get; init; }

    /// <summary>True where a write left the record as it was, because it says so already.</summary>
    public bool Unchanged { get; init; }

    /// <summary>The languages in which the record shows its name, as they stand in its entity tag; null for the default.</summary>
    public string? Languages { get; init; }

    /// <summary>Which record it is, where it is that record as it stands, so that it holds until that is changed.</summary>
    public RecordName? CurrentName { get; init; }
}
