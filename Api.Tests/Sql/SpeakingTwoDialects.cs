using Microsoft.Data.Sqlite;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using Registry.Infrastructure.Engine.Dialects;
using Registry.Infrastructure.Engine.Startup;
using SQLitePCL;

namespace Registry.Api.Tests.Sql;

/// <summary>
/// SQL Server is not at hand in most builds, so at least its grammar must accept every statement; SQLite compiles each
/// one against the schema.
/// </summary>
public sealed class SpeakingTwoDialects
{
    private static readonly SqliteConnection Migrated = new("Data Source=:memory:");

    private static readonly IReadOnlyDictionary<string, string> OfSqlServer = Statements
        .For(new SqlServerDialect())
        .Concat(
            Migrator.ScriptsOf(new SqlServerDialect()).Select(script => KeyValuePair.Create(script.Name, script.Text))
        )
        .ToDictionary();

    private static readonly IReadOnlyDictionary<string, string> OfSqlite = Statements.For(new SqliteDialect());

    private static readonly Dictionary<string, Statement> OfSeveralForms = Statements
        .WithForms(new SqliteDialect())
        .ToDictionary(entry => entry.Name, entry => entry.Statement);

    private static IEnumerable<string> ForSqlServer => OfSqlServer.Keys;

    private static IEnumerable<string> ForSqlite => OfSqlite.Keys;

    private static IEnumerable<string> WithForms => OfSeveralForms.Keys;

    private static IEnumerable<string> Questions =>
        OfSqlite
            .Where(statement => statement.Value.TrimStart().StartsWith("SELECT", StringComparison.Ordinal))
            .Select(statement => statement.Key);

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
    public void Sql_server_can_parse(string statement) =>
        Assert.That(TSql.ErrorsIn(OfSqlServer[statement]), Is.Empty, OfSqlServer[statement]);

    [TestCaseSource(nameof(ForSqlite))]
    public void Sqlite_can_compile(string statement)
    {
        using var compiled = Compiled(OfSqlite[statement]);
    }

    [TestCaseSource(nameof(WithForms))]
    public void Every_form_gives_the_same_columns(string statement)
    {
        var (text, forms) = OfSeveralForms[statement];

        var columns = forms.Select(form => ColumnsOf(text(form))).ToArray();

        Assert.That(columns, Has.Length.GreaterThan(1).And.All.EqualTo(columns[0]));
    }

    [TestCaseSource(nameof(Questions))]
    public void Sqlite_plans_what_is_asked_again_only_once(string question)
    {
        var sql = OfSqlite[question];
        const int Reprepared = 5; // SQLITE_STMTSTATUS_REPREPARE

        using var statement = Compiled(sql);
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

    [Test]
    public void Both_dialects_have_the_same_migrations() =>
        Assert.That(
            Migrator.ScriptsOf(new SqlServerDialect()).Select(script => script.Name),
            Is.Not.Empty.And.EqualTo(Migrator.ScriptsOf(new SqliteDialect()).Select(script => script.Name))
        );

    private static string[] ColumnsOf(string sql)
    {
        using var statement = Compiled(sql);
        return
        [
            .. Enumerable
                .Range(0, raw.sqlite3_column_count(statement))
                .Select(column => raw.sqlite3_column_name(statement, column).utf8_to_string()),
        ];
    }

    private static sqlite3_stmt Compiled(string sql)
    {
        var result = raw.sqlite3_prepare_v2(Migrated.Handle, sql, out var statement);
        Assert.That(result, Is.Zero, () => $"{raw.sqlite3_errmsg(Migrated.Handle).utf8_to_string()}\n{sql}");
        return statement;
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
