using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Registry.Bench.Data;

/// <summary>
/// Makes a larger registry of the smallest by copying its large forums, with all that belongs to them: records, parts,
/// archived versions, names, and the changes that wrote them, numbered as if all of it had been recorded in the same few
/// transactions.
/// </summary>
internal sealed class Multiplier : IDisposable
{
    /// <summary>What is of the registry and not of a record.</summary>
    private static readonly string[] Apart = ["Change", "ChangeSubject", "ChangeCounter", "Import", "ImportRow"];

    /// <summary>The columns whose text is a collection and an id.</summary>
    private static readonly string[] Keys = ["RecordKey", "CitingRecord"];

    private readonly SqliteConnection _connection;

    private Multiplier(string file)
    {
        _connection = new SqliteConnection($"Data Source={file};Pooling=False");
        _connection.Open();
    }

    /// <summary>Multiplies the registry in a file that nobody else has open.</summary>
    /// <exception cref="InvalidOperationException">What came out is not a registry.</exception>
    public static void Multiply(string file, DataSize size, Action<string> tell)
    {
        using var multiplier = new Multiplier(file);
        multiplier.Run(size, tell);
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private void Run(DataSize size, Action<string> tell)
    {
        // A file that is lost on the way is built again: nothing is gained by care for it.
        Execute("PRAGMA journal_mode = OFF");
        Execute("PRAGMA synchronous = OFF");
        Execute("PRAGMA foreign_keys = OFF");
        Execute("PRAGMA cache_size = -500000");
        MakePlan(size);

        // Indexes are made again at the end, in one pass each.
        var indexes = Texts("SELECT sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY name");
        foreach (var index in Texts("SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"))
        {
            Execute($"DROP INDEX {index}");
        }

        foreach (var table in Texts("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"))
        {
            if (!Apart.Contains(table) && !table.StartsWith("sqlite_", StringComparison.Ordinal))
            {
                tell($"copying {table}");
                Copy(table);
            }
        }

        tell("copying Change");
        CopyChanges();
        foreach (var index in indexes)
        {
            tell(
                string.Join(' ', index.Split(' ', 5).Take(3))
                    .Replace("CREATE INDEX", "indexing", StringComparison.Ordinal)
            );
            Execute(index);
        }

        Check(size, tell);
        Execute("PRAGMA journal_mode = WAL");
    }

    /// <summary>What is put in the place of what. The first row stands for the registry as it is.</summary>
    private void MakePlan(DataSize size)
    {
        Execute(
            """
            CREATE TEMP TABLE Plan (
                Copy INTEGER NOT NULL, Old TEXT NOT NULL, OldUpper TEXT NOT NULL, OldName TEXT NOT NULL,
                New TEXT NOT NULL, NewUpper TEXT NOT NULL, NewName TEXT NOT NULL, WithMeetings INTEGER NOT NULL,
                PRIMARY KEY (New, Copy)) WITHOUT ROWID
            """
        );
        Execute("INSERT INTO Plan VALUES (0, '', '', '', '', '', '', 0)");
        using var transaction = _connection.BeginTransaction();
        for (var copy = 1; copy <= size.Copies; copy++)
        {
            var old = MadeUpWords.Of((copy - 1) % SmallRegistry.LargeForums);
            var now = MadeUpWords.Of(SmallRegistry.Forums + copy);
            Execute(
                "INSERT INTO Plan VALUES (@Copy, @Old, upper(@Old), @OldName, @New, upper(@New), @NewName, @WithMeetings)",
                ("@Copy", copy),
                ("@Old", old),
                ("@OldName", MadeUpWords.Capitalized(old)),
                ("@New", now),
                ("@NewName", MadeUpWords.Capitalized(now)),
                ("@WithMeetings", copy <= size.CopiesWithMeetings ? 1 : 0)
            );
        }

        transaction.Commit();
        Execute("CREATE INDEX temp.PlanByCopy ON Plan (Copy)");
    }

    /// <summary>Copies the rows of a table whose first column is the id of a record.</summary>
    private void Copy(string table)
    {
        var columns = ColumnsOf(table);
        var key = columns[0].Name;
        var id = Keys.Contains(key) ? $"substr({key}, instr({key}, '/') + 1)" : key;
        var meeting =
            table.StartsWith("Meeting", StringComparison.Ordinal)
            || table.StartsWith("Outcome", StringComparison.Ordinal)
                ? "1"
            : Keys.Contains(key) ? $"{key} LIKE 'meetings/%' OR {key} LIKE 'outcomes/%'"
            : "0";
        Execute(
            $"""
            CREATE TEMP TABLE Held AS SELECT lower(substr({id}, 1, {MadeUpWords.Length})) AS Word, {meeting} AS OfMeeting, t.*
            FROM {table} t WHERE Word IN (SELECT Old FROM Plan WHERE Copy > 0)
            """
        );
        Execute("CREATE INDEX temp.HeldByWord ON Held (Word, OfMeeting)");
        Execute(
            $"""
            INSERT INTO {table} ({string.Join(", ", columns.Select(column => column.Name))})
            SELECT {string.Join(", ", columns.Select(Replaced))}
            FROM Plan p CROSS JOIN Held h ON h.Word = p.Old AND h.OfMeeting <= p.WithMeetings WHERE p.Copy > 0
            """
        );
        Execute("DROP TABLE Held");
    }

    /// <summary>
    /// Copies the changes, and numbers all of them anew: those of one instant stand together, since one transaction wrote them.
    /// </summary>
    private void CopyChanges()
    {
        var columns = ColumnsOf("Change").Where(column => column.Name != "Sequence").ToArray();
        var names = string.Join(", ", columns.Select(column => column.Name));
        Execute(
            $"""
            CREATE TEMP TABLE Held AS SELECT lower(substr(SubjectId, 1, {MadeUpWords.Length})) AS Word,
                Collection IN ('meetings', 'outcomes') AS OfMeeting, t.* FROM Change t
            """
        );
        Execute("CREATE INDEX temp.HeldBySequence ON Held (Sequence)");
        Execute("CREATE INDEX temp.HeldByWord ON Held (Word, OfMeeting)");
        Execute("CREATE TEMP TABLE HeldSubject AS SELECT * FROM ChangeSubject");
        Execute("CREATE INDEX temp.HeldSubjectBySequence ON HeldSubject (Sequence)");
        Execute("DELETE FROM ChangeSubject");
        Execute("DELETE FROM Change");
        Execute(
            "CREATE TEMP TABLE Numbered (Sequence INTEGER PRIMARY KEY, Former INTEGER NOT NULL, Copy INTEGER NOT NULL)"
        );
        Execute(
            """
            INSERT INTO Numbered (Sequence, Former, Copy)
            SELECT ROW_NUMBER() OVER (ORDER BY Instant, Copy, Former), Former, Copy FROM (
                SELECT Instant, 0 AS Copy, Sequence AS Former FROM Held
                UNION ALL SELECT h.Instant, p.Copy, h.Sequence FROM Plan p
                CROSS JOIN Held h ON h.Word = p.Old AND h.OfMeeting <= p.WithMeetings WHERE p.Copy > 0)
            """
        );
        Execute(
            $"""
            INSERT INTO Change (Sequence, {names}) SELECT n.Sequence, {string.Join(", ", columns.Select(Replaced))}
            FROM Numbered n CROSS JOIN Plan p ON p.Copy = n.Copy CROSS JOIN Held h ON h.Sequence = n.Former ORDER BY n.Sequence
            """
        );
        Execute(
            $"""
            INSERT INTO ChangeSubject (Collection, SubjectId, Sequence)
            SELECT h.Collection, {Replaced(("SubjectId", "TEXT"))}, n.Sequence
            FROM Numbered n CROSS JOIN Plan p ON p.Copy = n.Copy CROSS JOIN HeldSubject h ON h.Sequence = n.Former ORDER BY 1, 2, 3
            """
        );
        Execute("UPDATE ChangeCounter SET Sequence = (SELECT MAX(Sequence) FROM Change)");
        Execute("DROP TABLE Held");
        Execute("DROP TABLE HeldSubject");
        Execute("DROP TABLE Numbered");
    }

    private void Check(DataSize size, Action<string> tell)
    {
        tell("checking");
        var memberships = Number("SELECT COUNT(*) FROM Membership");
        var meetings = Number("SELECT COUNT(*) FROM Meeting");
        var gaps = Number("SELECT MAX(Sequence) - COUNT(*) FROM Change");
        var unlogged = Number(
            """
            SELECT COUNT(*) FROM Membership m WHERE NOT EXISTS (SELECT 1 FROM Change c
            WHERE c.Collection = 'memberships' AND c.SubjectId = m.Id AND c.Version = m.Version AND c.Record = m.Record)
            """
        );
        var adrift = Texts("PRAGMA foreign_key_check");
        if (
            memberships != size.Memberships
            || meetings != (size.Factor == 1 ? 20_000 : 200_000)
            || gaps != 0
            || unlogged != 0
            || adrift.Count != 0
        )
        {
            throw new InvalidOperationException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The registry was not multiplied as it should be: {memberships} memberships, {meetings} meetings, {gaps} gaps, {unlogged} without their change, {adrift.Count} that refer to nothing."
                )
            );
        }
    }

    private static string Replaced((string Name, string Type) column) =>
        column.Type != "TEXT" || IsTime(column.Name)
            ? $"h.{column.Name}"
            : $"replace(replace(replace(h.{column.Name}, p.Old, p.New), p.OldUpper, p.NewUpper), p.OldName, p.NewName)";

    private static bool IsTime(string column) =>
        column.StartsWith("Recorded", StringComparison.Ordinal)
        || column.EndsWith("Earliest", StringComparison.Ordinal)
        || column.EndsWith("Latest", StringComparison.Ordinal)
        || column == "Instant";

    private List<(string Name, string Type)> ColumnsOf(string table)
    {
        using var command = Command($"SELECT name, type FROM pragma_table_info('{table}') ORDER BY cid");
        using var reader = command.ExecuteReader();
        var columns = new List<(string, string)>();
        while (reader.Read())
        {
            columns.Add((reader.GetString(0), reader.GetString(1)));
        }

        return columns;
    }

    private List<string> Texts(string sql)
    {
        using var command = Command(sql);
        using var reader = command.ExecuteReader();
        var texts = new List<string>();
        while (reader.Read())
        {
            texts.Add(reader.GetString(0));
        }

        return texts;
    }

    private long Number(string sql)
    {
        using var command = Command(sql);
        return (long)command.ExecuteScalar()!;
    }

    private void Execute(string sql, params (string Name, object Value)[] parameters)
    {
        using var command = Command(sql);
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql)
    {
        var command = _connection.CreateCommand();
#pragma warning disable CA2100 // Made of the names of the schema alone.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.CommandTimeout = 0;
        return command;
    }
}
