using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Registry.Api.Tests.Support;
using Registry.Infrastructure.Engine.Dialects;

namespace Registry.Api.Tests.Sql;

/// <summary>Statements find their rows by indexes, as SQLite plans them, and do not read tables that grow.</summary>
/// <remarks>
/// A page of a list is read in its order, and ends after its rows; a count reads what it counts. What lists cost is measured
/// by the benchmark (part dearest).
/// </remarks>
public sealed partial class PlanningStatements
{
    /// <summary>The statements that read a whole table, with the reason.</summary>
    private static readonly Dictionary<string, string> Whole = new(StringComparer.Ordinal)
    {
        ["ApiKeySql.CountUsable"] = "all keys, of which there are at most Access:MaxKeys",
        ["DeliverySql.Active"] = "all subscriptions, of which there are at most Webhooks:MaxSubscriptions",
        ["DeliverySql.Backlogs"] = "all subscriptions",
        ["ImportSql.StateCodes"] = "all states, for the names in a file",
        ["QuotaSql.Trim"] = "the days before today, once an hour",
    };

    private static readonly Dictionary<string, string> Statements = Sql
        .Statements.For(new SqliteDialect())
        .Where(statement =>
            !OfList().IsMatch(statement.Key)
            && !statement.Key.EndsWith(" AtInstant", StringComparison.Ordinal)
            && !statement.Key.EndsWith(" WithDeleted", StringComparison.Ordinal)
            && !statement.Key.StartsWith("VerificationSql.", StringComparison.Ordinal)
        )
        .ToDictionary(StringComparer.Ordinal);

    [Test]
    public async Task No_other_statement_reads_a_whole_table()
    {
        var database = await TestDatabases.TakeSettledAsync();
        await using var connection = (SqliteConnection)database.Connect();
        await connection.OpenAsync();
        var reading = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, text) in Statements)
        {
            if (await ScansOfAsync(connection, text) is { Count: > 0 } scans)
            {
                reading.Add(name, $"{name}: {string.Join(", ", scans)}");
            }
        }

        Assert.That(
            reading.Where(statement => !Whole.ContainsKey(statement.Key)).Select(statement => statement.Value),
            Is.Empty
        );
        Assert.That(Whole.Keys.Except(reading.Keys), Is.Empty, "It reads no whole table any more.");
        Assert.That(Statements, Has.Count.GreaterThan(300));
    }

    /// <summary>The tables that a statement reads whole and not by an index.</summary>
    private static async Task<IReadOnlyList<string>> ScansOfAsync(SqliteConnection connection, string text)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"EXPLAIN QUERY PLAN {text}";
        foreach (var parameter in Parameter().Matches(text).Select(match => match.Value).Distinct())
        {
            command.Parameters.AddWithValue(parameter, DBNull.Value);
        }

        var (scans, derived) = (new List<string>(), new HashSet<string>(StringComparer.Ordinal));
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            var step = reader.GetString(3);
            if (Derived().Match(step) is { Success: true } made)
            {
                derived.Add(made.Groups["name"].Value);
            }
            else if (Scan().Match(step) is { Success: true } scan && !derived.Contains(scan.Groups["name"].Value))
            {
                scans.Add(step);
            }
        }

        return scans;
    }

    [GeneratedRegex(@"\.(Page|Count|CountedIds|Ids|Rows)(\(| |$)")]
    private static partial Regex OfList();

    [GeneratedRegex("@[A-Za-z0-9_]+")]
    private static partial Regex Parameter();

    /// <summary>A subquery that is read as a table.</summary>
    [GeneratedRegex("^(MATERIALIZE|CO-ROUTINE) (?<name>.+)$")]
    private static partial Regex Derived();

    /// <summary>A table that is read from its beginning to its end, in no order of an index.</summary>
    [GeneratedRegex("^SCAN (?!CONSTANT|[0-9]+ CONSTANT|[0-9]+-ROW VALUES)(?<name>.+?)(?<!USING.*)$")]
    private static partial Regex Scan();
}
