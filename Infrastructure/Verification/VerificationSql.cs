using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Mapping;

namespace Registry.Infrastructure.Verification;

/// <summary>
/// The statements that find what does not fit together. Each row is one finding, as a sentence that names the table and the
/// record.
/// </summary>
internal static class VerificationSql
{
    /// <summary>The number of changes that the counter says.</summary>
    public const string Changes = "SELECT COALESCE(MAX(Sequence), 0) FROM ChangeCounter";

    /// <summary>The findings in the change log and its counter.</summary>
    public static readonly IReadOnlyList<string> OfLog =
    [
        """
            SELECT CONCAT('ChangeCounter: it has ', COUNT(*), ' rows instead of one.') FROM ChangeCounter HAVING COUNT(*) <> 1
            """,
        """
            SELECT CONCAT('ChangeCounter: it is at ', n.Sequence, ', and the last change in the log is ', l.LastSequence, '.')
            FROM ChangeCounter n CROSS JOIN (SELECT COALESCE(MAX(Sequence), 0) AS LastSequence FROM Change) l
            WHERE n.Sequence <> l.LastSequence
            """,
        """
            SELECT CONCAT('ChangeCounter: its instant is not that of the change ', c.Sequence, ', the last one.')
            FROM ChangeCounter n JOIN Change c ON c.Sequence = n.Sequence
            WHERE c.Instant <> n.Instant
            """,
        """
            SELECT CONCAT('Change: the change ', c.Sequence - 1, ' is missing.')
            FROM Change c
            WHERE c.Sequence > 1 AND NOT EXISTS (SELECT 1 FROM Change p WHERE p.Sequence = c.Sequence - 1)
            """,
        """
            SELECT CONCAT('Change: the change ', c.Sequence, ' is recorded before the change ', p.Sequence, '.')
            FROM Change c JOIN Change p ON p.Sequence = c.Sequence - 1
            WHERE c.Instant < p.Instant
            """,
        """
            SELECT CONCAT('Change: the version before version ', c.Version, ' of ', c.Collection, '/', c.SubjectId, ' is missing.')
            FROM Change c
            WHERE c.Version > 1 AND NOT EXISTS (
              SELECT 1 FROM Change p
              WHERE p.Collection = c.Collection AND p.SubjectId = c.SubjectId AND p.Version = c.Version - 1
                AND p.Sequence < c.Sequence
            )
            """,
        """
            SELECT CONCAT('Change: version ', c.Version, ' of ', c.Collection, '/', c.SubjectId, ' was made by ', COUNT(*), ' changes.')
            FROM Change c
            GROUP BY c.Collection, c.SubjectId, c.Version
            HAVING COUNT(*) > 1
            """,
        """
            SELECT CONCAT('ChangeSubject: the change ', c.Sequence, ' is not listed for its record ', c.Collection, '/', c.SubjectId, '.')
            FROM Change c
            WHERE NOT EXISTS (
              SELECT 1 FROM ChangeSubject s
              WHERE s.Collection = c.Collection AND s.SubjectId = c.SubjectId AND s.Sequence = c.Sequence
            )
            """,
        $"""
            SELECT CONCAT('Change: there is no collection ', c.Collection, ', and ', COUNT(*), ' changes are of it.')
            FROM Change c
            WHERE c.Collection NOT IN ({string.Join(", ", RecordKinds.Collections.Select(name => $"'{name}'"))})
            GROUP BY c.Collection
            """,
    ];

    /// <summary>The findings in the tables of all collections.</summary>
    public static readonly IReadOnlyList<string> OfRecords =
    [
        .. RecordKinds.All.SelectMany(kind =>
            OfVersions(kind).Concat(kind.Parts.SelectMany(part => OfPart(kind, part)))
        ),
    ];

    /// <summary>The rows of a table for the records after the id @After, up to the id @UpTo.</summary>
    public static string RowsBetween(RecordTable table) => Between[table.Name];

    private static readonly Dictionary<string, string> Between = RecordKinds
        .All.SelectMany(kind => kind.Parts.Prepend(kind.Main))
        .ToDictionary(
            table => table.Name,
            table =>
                $"SELECT {string.Join(", ", table.Columns)} FROM {table.Name} WHERE {table.IdColumn} > @After AND {table.IdColumn} <= @UpTo"
        );

    /// <summary>The statements of <see cref="RowsBetween"/>.</summary>
    public static readonly IReadOnlyList<string> AllBetween = [.. Between.Values];

    /// <summary>Compares the versions of a collection with the change log, and with each other.</summary>
    private static IEnumerable<string> OfVersions(RecordKind kind)
    {
        var (table, id, collection) = (kind.Main.Name, kind.Main.IdColumn, kind.Collection);
        yield return $"""
            SELECT CONCAT('{table}: version ', c.Version, ' of {collection}/', c.SubjectId, ' is in the change log and not on record.')
            FROM Change c
            WHERE c.Collection = '{collection}' AND c.Operation <> 'deleted'
              AND NOT EXISTS (SELECT 1 FROM {table} r WHERE r.{id} = c.SubjectId AND r.Version = c.Version)
              AND NOT EXISTS (SELECT 1 FROM {table}History h WHERE h.{id} = c.SubjectId AND h.Version = c.Version)
            """;
        yield return $"""
            SELECT CONCAT('{table}: {collection}/', c.SubjectId, ' is in the change log with version ', c.Version, ', its last one, and has no current row.')
            FROM Change c
            WHERE c.Collection = '{collection}' AND c.Operation <> 'deleted'
              AND NOT EXISTS (
                SELECT 1 FROM Change l WHERE l.Collection = c.Collection AND l.SubjectId = c.SubjectId AND l.Version > c.Version
              )
              AND EXISTS (SELECT 1 FROM {table}History h WHERE h.{id} = c.SubjectId AND h.Version = c.Version)
              AND NOT EXISTS (SELECT 1 FROM {table} r WHERE r.{id} = c.SubjectId)
            """;
        yield return $"""
            SELECT CONCAT('{table}: {collection}/', r.{id}, ' is on record with version ', r.Version, ', and the change log goes on to version ', l.Version, '.')
            FROM {table} r JOIN Change l ON l.Collection = '{collection}' AND l.SubjectId = r.{id} AND l.Version > r.Version
            WHERE NOT EXISTS (
              SELECT 1 FROM Change m WHERE m.Collection = l.Collection AND m.SubjectId = l.SubjectId AND m.Version > l.Version
            )
            """;
        foreach (var rows in new[] { table, $"{table}History" })
        {
            yield return $"""
                SELECT CONCAT('{rows}: version ', r.Version, ' of {collection}/', r.{id}, ' is on record and not in the change log.')
                FROM {rows} r
                WHERE NOT EXISTS (
                  SELECT 1 FROM Change c
                  WHERE c.Collection = '{collection}' AND c.SubjectId = r.{id} AND c.Version = r.Version
                    AND c.Operation <> 'deleted'
                )
                """;
            yield return $"""
                SELECT CONCAT('{rows}: version ', r.Version, ' of {collection}/', r.{id}, ' is not as the change log has it.')
                FROM {rows} r
                JOIN Change c ON c.Collection = '{collection}' AND c.SubjectId = r.{id} AND c.Version = r.Version
                WHERE c.Operation <> 'deleted' AND (c.Record IS NULL OR c.Record <> r.Record OR c.Instant <> r.RecordedFrom)
                """;
            yield return $"""
                SELECT CONCAT('{table}History: version ', h.Version, ' of {collection}/', h.{id}, ' does not end when the next one begins.')
                FROM {table}History h JOIN {rows} r ON r.{id} = h.{id} AND r.Version = h.Version + 1
                WHERE r.RecordedFrom <> h.RecordedUntil
                """;
        }

        yield return $"""
            SELECT CONCAT('{table}History: version ', h.Version, ' of {collection}/', h.{id}, ' does not end when the record was deleted.')
            FROM {table}History h
            JOIN Change c ON c.Collection = '{collection}' AND c.SubjectId = h.{id} AND c.Version = h.Version + 1
            WHERE c.Operation = 'deleted' AND c.Instant <> h.RecordedUntil
            """;
        yield return $"""
            SELECT CONCAT('{table}History: version ', h.Version, ' of {collection}/', h.{id}, ' ends before it begins.')
            FROM {table}History h
            WHERE h.RecordedUntil < h.RecordedFrom
            """;
    }

    /// <summary>Compares the rows of the parts of records with the versions that they belong to.</summary>
    private static IEnumerable<string> OfPart(RecordKind kind, RecordTable part)
    {
        var (table, id, collection) = (kind.Main.Name, kind.Main.IdColumn, kind.Collection);
        yield return $"""
            SELECT CONCAT('{part.Name}: ', COUNT(*), ' rows of {collection}/', p.{part.IdColumn}, ' are those of version ', p.Version, ', which is not the current one.')
            FROM {part.Name} p
            WHERE NOT EXISTS (
              SELECT 1 FROM {table} r
              WHERE r.{id} = p.{part.IdColumn} AND r.Version = p.Version AND r.RecordedFrom = p.RecordedFrom
            )
            GROUP BY p.{part.IdColumn}, p.Version
            """;
        yield return $"""
            SELECT CONCAT('{part.Name}History: ', COUNT(*), ' rows of {collection}/', p.{part.IdColumn}, ' are not those of its version ', p.Version, '.')
            FROM {part.Name}History p
            WHERE NOT EXISTS (
              SELECT 1 FROM {table}History r
              WHERE r.{id} = p.{part.IdColumn} AND r.Version = p.Version AND r.RecordedFrom = p.RecordedFrom
                AND r.RecordedUntil = p.RecordedUntil
            )
            GROUP BY p.{part.IdColumn}, p.Version
            """;
    }
}
