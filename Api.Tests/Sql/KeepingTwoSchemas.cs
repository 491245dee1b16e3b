using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using Registry.Infrastructure.Engine.Dialects;
using Registry.Infrastructure.Engine.Startup;

namespace Registry.Api.Tests.Sql;

/// <summary>The two sets of migrations make the same tables, column by column.</summary>
public sealed class KeepingTwoSchemas
{
    private static readonly string[] OfSqlServer = [.. DescribeSqlServer().Order(StringComparer.Ordinal)];

    [Test]
    public async Task Both_have_the_same_tables_columns_keys_and_indexes() =>
        Assert.That(await DescribeSqliteAsync(), Is.Not.Empty.And.EqualTo(OfSqlServer));

    [Test]
    public void Every_history_table_has_the_columns_of_its_table_and_when_the_row_ceased_to_hold()
    {
        var tables = CreatedTables().ToDictionary(NameOf, table => table.Definition.ColumnDefinitions);
        var histories = tables.Where(table => table.Key.EndsWith("History", StringComparison.Ordinal)).ToArray();

        Assert.That(histories, Is.Not.Empty);
        foreach (var (name, columns) in histories)
        {
            Assert.That(
                columns.Select(DescribeWhole),
                Is.EqualTo(
                    tables[name[..^"History".Length]]
                        .Select(DescribeWhole)
                        .Append("RecordedUntil DATETIME2(6) NOT NULL")
                ),
                name
            );
        }
    }

    [Test]
    public void Text_is_unicode_on_sql_server()
    {
        var types = CreatedTables()
            .SelectMany(table => table.Definition.ColumnDefinitions)
            .Select(column => column.DataType.Name.BaseIdentifier.Value);

        Assert.That(types, Is.Not.Empty.And.All.AnyOf("NVARCHAR", "INT", "BIGINT", "DATE", "DATETIME2"));
    }

    private static IEnumerable<CreateTableStatement> CreatedTables()
    {
        var dropped = Statements<DropTableStatement>()
            .SelectMany(statement => statement.Objects)
            .Select(table => table.BaseIdentifier.Value)
            .ToHashSet(StringComparer.Ordinal);
        return Statements<CreateTableStatement>().Where(table => !dropped.Contains(NameOf(table)));
    }

    private static IEnumerable<T> Statements<T>() =>
        Migrator
            .ScriptsOf(new SqlServerDialect())
            .Select(script => (TSqlScript)TSql.Parse(script.Text, out _))
            .SelectMany(script => script.Batches)
            .SelectMany(batch => batch.Statements)
            .OfType<T>();

    private static IEnumerable<string> DescribeSqlServer()
    {
        foreach (var table in CreatedTables())
        {
            var name = NameOf(table);
            foreach (var column in table.Definition.ColumnDefinitions)
            {
                yield return $"{name}.{column.ColumnIdentifier.Value} {Affinity(column)} {Nullability(column)}";
            }

            foreach (var constraint in table.Definition.TableConstraints)
            {
                yield return constraint switch
                {
                    UniqueConstraintDefinition { IsPrimaryKey: true } key =>
                        $"{name} key {string.Join(", ", key.Columns.Select(column => Last(column.Column)))}",
                    ForeignKeyConstraintDefinition foreign =>
                        $"{name} {foreign.Columns.Single().Value} refers to {foreign.ReferenceTableName.BaseIdentifier.Value}",
                    _ => $"{name} has a constraint that is not compared",
                };
            }
        }

        foreach (var change in Statements<AlterTableAddTableElementStatement>())
        {
            foreach (var column in change.Definition.ColumnDefinitions)
            {
                yield return $"{change.SchemaObjectName.BaseIdentifier.Value}.{column.ColumnIdentifier.Value} "
                    + $"{Affinity(column)} {Nullability(column)}";
            }
        }

        var dropped = Statements<DropIndexStatement>()
            .SelectMany(statement => statement.DropIndexClauses)
            .OfType<DropIndexClause>()
            .Select(clause => clause.Index.Value)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var index in Statements<CreateIndexStatement>().Where(index => !dropped.Contains(index.Name.Value)))
        {
            yield return $"index {index.Name.Value} on {index.OnName.BaseIdentifier.Value}: "
                + string.Join(", ", index.Columns.Select(column => Last(column.Column)));
        }
    }

    private static async Task<string[]> DescribeSqliteAsync()
    {
        await using var connection = new SqliteConnection("Data Source=:memory:");
        await connection.OpenAsync();
        foreach (var (_, text) in Migrator.ScriptsOf(new SqliteDialect()))
        {
            await connection.ExecuteAsync(text);
        }

        return
        [
            .. (
                await connection.QueryAsync<string>(
                    """
                    SELECT t.name || '.' || c.name || ' ' || c.type || CASE c."notnull" WHEN 1 THEN ' NOT NULL' ELSE ' NULL' END
                    FROM sqlite_schema t, pragma_table_info(t.name) c
                    WHERE t.type = 'table'
                    UNION ALL
                    SELECT t.name || ' key ' || (
                        SELECT group_concat(k.name, ', ')
                        FROM (SELECT name FROM pragma_table_info(t.name) WHERE pk > 0 ORDER BY pk) k)
                    FROM sqlite_schema t
                    WHERE t.type = 'table'
                    UNION ALL
                    SELECT t.name || ' ' || f."from" || ' refers to ' || f."table"
                    FROM sqlite_schema t, pragma_foreign_key_list(t.name) f
                    WHERE t.type = 'table'
                    UNION ALL
                    SELECT 'index ' || i.name || ' on ' || i.tbl_name || ': ' || (
                        SELECT group_concat(k.name, ', ') FROM (SELECT name FROM pragma_index_info(i.name) ORDER BY seqno) k)
                    FROM sqlite_schema i
                    WHERE i.type = 'index' AND i.sql IS NOT NULL
                    """
                )
            ).Order(StringComparer.Ordinal),
        ];
    }

    private static string NameOf(CreateTableStatement table) => table.SchemaObjectName.BaseIdentifier.Value;

    private static string Last(ColumnReferenceExpression column) => column.MultiPartIdentifier.Identifiers[^1].Value;

    private static string Affinity(ColumnDefinition column) =>
        column.DataType.Name.BaseIdentifier.Value is "INT" or "BIGINT" ? "INTEGER" : "TEXT";

    private static string Nullability(ColumnDefinition column) =>
        column.Constraints.OfType<NullableConstraintDefinition>().Single().Nullable ? "NULL" : "NOT NULL";

    private static string DescribeWhole(ColumnDefinition column)
    {
        var size = column.DataType is ParameterizedDataTypeReference { Parameters: [var only] }
            ? $"({only.Value})"
            : "";
        return $"{column.ColumnIdentifier.Value} {column.DataType.Name.BaseIdentifier.Value}{size} {Nullability(column)}";
    }
}
