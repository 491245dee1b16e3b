using Microsoft.Data.Sqlite;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using Registry.Infrastructure.Engine;
using Registry.Infrastructure.Records.Reading;
using SQLitePCL;

namespace Registry.Api.Tests.Sql;

/// <summary>
/// SQL Server is not at hand in most builds, so at least its grammar must accept every statement; SQLite compiles each
/// one against the schema.
/// </summary>
public sealed class SpeakingTwoDialects
{
    private static readonly SqliteConnection Migrated = new("Data Source=:memory:");

    private static IEnumerable<TestCaseData> ForSqlServer => Statements.For(new SqlServerDialect());

    private static IEnumerable<TestCaseData> ForSqlite => Statements.For(new SqliteDialect());

    private static IEnumerable<TestCaseData> Questions =>
        ForSqlite.Where(statement =>
            ((string)statement.Arguments[0]!).TrimStart().StartsWith("SELECT", StringComparison.Ordinal)
        );

    private static IEnumerable<TestCaseData> MigrationsForSqlServer =>
        Migrator
            .ScriptsOf(new SqlServerDialect())
            .Select(script => new TestCaseData(script.Text).SetArgDisplayNames(script.Name));

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

    [TestCaseSource(nameof(ForSqlServer))]
    [TestCaseSource(nameof(MigrationsForSqlServer))]
    public void Sql_server_can_parse(string sql) => Assert.That(TSql.ErrorsIn(sql), Is.Empty);

    [TestCaseSource(nameof(ForSqlite))]
    public void Sqlite_can_compile(string sql)
    {
        using var command = Asking($"EXPLAIN {sql}");
        Assert.That(() => command.ExecuteScalar(), Throws.Nothing);
    }

    [TestCaseSource(nameof(Questions))]
    public void At_an_instant_the_same_columns_are_given(string sql) =>
        Assert.That(ColumnsOf(ReadSession.AtInstant(sql)), Is.EqualTo(ColumnsOf(sql)));

    [TestCaseSource(nameof(Questions))]
    public void Sqlite_plans_what_is_asked_again_only_once(string sql)
    {
        const int Reprepared = 5; // SQLITE_STMTSTATUS_REPREPARE

        Assert.That(raw.sqlite3_prepare_v2(Migrated.Handle, sql, out var statement), Is.Zero);
        using (statement)
        {
            for (var time = 0; time < 2; time++)
            {
                for (var parameter = 1; parameter <= raw.sqlite3_bind_parameter_count(statement); parameter++)
                {
                    raw.sqlite3_bind_int(statement, parameter, 0);
                }

                raw.sqlite3_step(statement);
                raw.sqlite3_reset(statement);
            }

            Assert.That(raw.sqlite3_stmt_status(statement, Reprepared, 0), Is.Zero);
        }
    }

    [Test]
    public void Both_dialects_have_the_same_migrations() =>
        Assert.That(
            Migrator.ScriptsOf(new SqlServerDialect()).Select(script => script.Name),
            Is.Not.Empty.And.EqualTo(Migrator.ScriptsOf(new SqliteDialect()).Select(script => script.Name))
        );

    private static string[] ColumnsOf(string sql)
    {
        using var command = Asking(sql);
        using var reader = command.ExecuteReader();
        return [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];
    }

    private static SqliteCommand Asking(string sql)
    {
        var command = new SqliteCommand(sql, Migrated);
        foreach (var name in TSql.ParametersIn(sql))
        {
            command.Parameters.AddWithValue(name, 0);
        }

        return command;
    }
}

/// <summary>Transact-SQL as the grammar of SQL Server 2019 reads it.</summary>
internal static class TSql
{
    public static IEnumerable<string> ErrorsIn(string sql)
    {
        Parse(sql, out var errors);
        return errors.Select(error => $"{error.Line}: {error.Message}");
    }

    public static TSqlFragment Parse(string sql, out IList<ParseError> errors) =>
        new TSql150Parser(initialQuotedIdentifiers: true).Parse(new StringReader(sql), out errors);

    public static IEnumerable<string> ParametersIn(string sql) =>
        Parse(sql, out _)
            .ScriptTokenStream.Where(token => token.TokenType == TSqlTokenType.Variable)
            .Select(token => token.Text)
            .Distinct(StringComparer.Ordinal);
}
