using Microsoft.Data.Sqlite;
using Registry.Infrastructure.Engine.Dialects;
using Registry.Infrastructure.Engine.Startup;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Api.Tests.Sql;

/// <summary>How SQLite finds the versions of a record, which may be thousands. SQL Server has the same index.</summary>
public sealed class LookingUpVersions
{
    private const string Index = "INDEX IX_Change_Collection_SubjectId_Version (Collection=? AND SubjectId=?";

    private static readonly SqliteConnection Migrated = new("Data Source=:memory:");

    [OneTimeSetUp]
    public void Migrate()
    {
        Migrated.Open();
        foreach (var (_, text) in Migrator.ScriptsOf(new SqliteDialect()))
        {
            using var command = new SqliteCommand(text, Migrated);
            command.ExecuteNonQuery();
        }
    }

    [OneTimeTearDown]
    public void Close() => Migrated.Dispose();

    [TestCase(false, false)]
    [TestCase(false, true)]
    [TestCase(true, false)]
    [TestCase(true, true)]
    public void Each_version_of_a_page_finds_the_one_before_it_by_its_number(bool descending, bool after)
    {
        var page = HistorySql.List.Page(new SqliteDialect(), "version", descending, after, ["SubjectId", "KnownAt"]);

        var steps = PlanOf(page.Text(SqlForm.Present));

        // Nothing is read but what is given, and nothing is sorted.
        Assert.That(steps, Has.Length.EqualTo(2), string.Join("; ", steps));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(steps[0], Does.StartWith($"SEARCH c USING {Index}"));
            Assert.That(steps[1], Does.StartWith($"SEARCH p USING {Index} AND Version=?)"));
        }
    }

    [Test]
    public void One_version_and_the_last_one_are_found_by_their_number()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                PlanOf(HistorySql.Version.Present),
                Is.EqualTo(new[] { $"SEARCH c USING {Index} AND Version=?)" })
            );

            // The number is all that is asked for, and the index has it.
            Assert.That(PlanOf(HistorySql.Last.Present), Is.EqualTo(new[] { $"SEARCH c USING COVERING {Index})" }));
        }
    }

    private static string[] PlanOf(string statement)
    {
        using var command = new SqliteCommand($"EXPLAIN QUERY PLAN {statement}", Migrated);
        foreach (var name in TSql.ParametersIn(statement))
        {
            command.Parameters.AddWithValue(name, 0);
        }

        using var reader = command.ExecuteReader();
        var steps = new List<string>();
        while (reader.Read())
        {
            steps.Add(reader.GetString(reader.GetOrdinal("detail")));
        }

        return [.. steps];
    }
}
