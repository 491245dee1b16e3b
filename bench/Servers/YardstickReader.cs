using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Registry.Bench.Servers;

/// <summary>
/// A connection that stays open, its statements prepared once, and the buffer that answers are written into. One request
/// has it at a time.
/// </summary>
internal sealed class YardstickReader : IDisposable
{
    private const string Columns =
        "m.Id, m.ForumCode, m.MemberKind, m.MemberCode, m.Version, m.RecordedFrom, s.Kind, s.FromText, s.UntilText";

    private const string WithStandings = "JOIN Standing s ON s.ForumCode = m.ForumCode AND s.MembershipId = m.Id";

    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _item;
    private readonly SqliteCommand _list;
    private readonly SqliteCommand _all;
    private readonly ConcurrentBag<YardstickReader> _idle;

    private YardstickReader(string file, ConcurrentBag<YardstickReader> idle)
    {
        _idle = idle;
        _connection = new SqliteConnection($"Data Source={file};Pooling=False");
        _connection.Open();
        foreach (var setting in new[] { "PRAGMA query_only = ON", "PRAGMA mmap_size = 8589934592" })
        {
            using var command = Prepared(setting);
            command.ExecuteNonQuery();
        }

        _item = Prepared(
            $"SELECT {Columns} FROM Membership m {WithStandings} WHERE m.Id = @Id ORDER BY s.Position",
            "@Id"
        );
        _list = Prepared(
            $"""
            SELECT {Columns} FROM (
                SELECT * FROM Membership WHERE ForumCode = @Forum AND MemberCode > @After ORDER BY MemberCode LIMIT @Limit + 0) m
            {WithStandings} ORDER BY m.MemberCode, s.Position
            """,
            "@Forum",
            "@After",
            "@Limit"
        );
        _all = Prepared($"SELECT {Columns} FROM Membership m {WithStandings} ORDER BY m.rowid, s.Position");
        Json = new Utf8JsonWriter(Buffer, new JsonWriterOptions { SkipValidation = true });
    }

    /// <summary>What is written.</summary>
    public ArrayBufferWriter<byte> Buffer { get; } = new(64 * 1024);

    /// <summary>Writes JSON into the buffer.</summary>
    public Utf8JsonWriter Json { get; }

    /// <summary>One that nobody uses, opened if need be.</summary>
    public static YardstickReader Take(string file, ConcurrentBag<YardstickReader> idle) =>
        idle.TryTake(out var reader) ? reader : new YardstickReader(file, idle);

    /// <summary>Reads a membership.</summary>
    public MembershipRecord? Item(string id)
    {
        _item.Parameters[0].Value = id;
        using var rows = _item.ExecuteReader();
        return Read(rows).FirstOrDefault();
    }

    /// <summary>Reads a page, and one more to know whether there is another.</summary>
    public MembershipPage List(string forum, string after, int limit)
    {
        _list.Parameters[0].Value = forum;
        _list.Parameters[1].Value = after;
        _list.Parameters[2].Value = limit + 1;
        using var rows = _list.ExecuteReader();
        var items = new List<MembershipRecord>(limit + 1);
        items.AddRange(Read(rows));
        if (items.Count <= limit)
        {
            return new MembershipPage(items, null);
        }

        items.RemoveAt(limit);
        return new MembershipPage(items, $"/memberships?forum={forum}&limit={limit}&after={items[^1].Member.Code}");
    }

    /// <summary>Reads all memberships, one after the other.</summary>
    public IEnumerable<MembershipRecord> All()
    {
        using var rows = _all.ExecuteReader();
        foreach (var record in Read(rows))
        {
            yield return record;
        }
    }

    /// <summary>Writes a record into the buffer.</summary>
    public void Write(MembershipRecord record)
    {
        Json.Reset();
        JsonSerializer.Serialize(Json, record, RecordJson.Default.MembershipRecord);
        Json.Flush();
    }

    /// <summary>Writes a page into the buffer.</summary>
    public void Write(MembershipPage page)
    {
        Json.Reset();
        JsonSerializer.Serialize(Json, page, RecordJson.Default.MembershipPage);
        Json.Flush();
    }

    /// <summary>Gives it back.</summary>
    public void Dispose()
    {
        Buffer.ResetWrittenCount();
        _idle.Add(this);
    }

    private static IEnumerable<MembershipRecord> Read(SqliteDataReader rows)
    {
        MembershipRecord? record = null;
        while (rows.Read())
        {
            var id = rows.GetString(0);
            if (record?.Id != id)
            {
                if (record is not null)
                {
                    yield return record;
                }

                record = new MembershipRecord
                {
                    Id = id,
                    Forum = rows.GetString(1),
                    Member = new PartyRecord(rows.GetString(2), rows.GetString(3)),
                    Standings = [],
                    Version = rows.GetInt32(4),
                    RecordedAt = rows.GetString(5),
                };
            }

            var until = rows.IsDBNull(8) ? null : rows.GetString(8);
            record.Standings.Add(
                new StandingRecord(rows.GetString(6), rows.GetString(7), until, until is null ? null : true)
            );
        }

        if (record is not null)
        {
            yield return record;
        }
    }

    private SqliteCommand Prepared(string sql, params string[] parameters)
    {
        var command = _connection.CreateCommand();
#pragma warning disable CA2100 // One of the statements above.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = parameter, Value = "" });
        }

        command.Prepare();
        return command;
    }
}
