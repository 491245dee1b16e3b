using System.Data.Common;
using Dapper;

namespace Registry.Infrastructure.Engine.Files;

/// <summary>The checks that SQLite has for a file. A server checks its own pages and constraints.</summary>
internal static class FileChecks
{
    private const string Sound = "ok";

    /// <summary>Lists what is wrong with pages, indexes and constraints of a file, one sentence each.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="most">The maximum number of sentences.</param>
    public static IReadOnlyList<string> Damage(DbConnection connection, int most) =>
        [
            .. connection
                .Query<string>($"PRAGMA integrity_check({most})")
                .Where(found => found != Sound)
                .Select(found => $"The file: {found.ReplaceLineEndings(" ").TrimEnd('.')}."),
        ];

    /// <summary>Lists the rows that refer to rows that do not exist, one sentence each.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="most">The maximum number of sentences.</param>
    public static IReadOnlyList<string> BrokenReferences(DbConnection connection, int most) =>
        [
            .. connection
                .Query<Violation>("SELECT DISTINCT \"table\" AS Name, fkid AS Reference FROM pragma_foreign_key_check")
                .SelectMany(violation => RowsOf(connection, violation, most))
                .Take(most),
        ];

    private static List<string> RowsOf(DbConnection connection, Violation violation, int most)
    {
        var columns = connection
            .Query<Reference>(
                """
                SELECT "table" AS Parent, "from" AS Own, "to" AS Other
                FROM pragma_foreign_key_list(@Name) WHERE id = @Reference ORDER BY seq
                """,
                violation
            )
            .AsList();
        var key = connection
            .Query<string>("SELECT name FROM pragma_table_info(@Name) WHERE pk > 0 ORDER BY pk", violation)
            .AsList();
        var (parent, own) = (columns[0].Parent, string.Join(", ", columns.Select(column => column.Own)));
        var values = string.Join(", ' ', ", columns.Select(column => $"r.\"{column.Own}\""));

        // The names come from the schema of the file.
        return connection
            .Query<string>(
                $"""
                SELECT CONCAT('{violation.Name}: {own} of the row ', {string.Join(
                    ", '/', ",
                    key.Select(column => $"r.\"{column}\"")
                )},
                  ' is ''', {values}, ''', and there is no such row in {parent}.')
                FROM "{violation.Name}" r
                WHERE {string.Join(
                    " AND ",
                    columns.Select(column => $"r.\"{column.Own}\" IS NOT NULL")
                )} AND NOT EXISTS (
                  SELECT 1 FROM "{parent}" p
                  WHERE {string.Join(" AND ", columns.Select(column => $"p.\"{column.Other}\" = r.\"{column.Own}\""))}
                )
                LIMIT {most}
                """
            )
            .AsList();
    }

    private sealed record Violation
    {
        public string Name { get; init; } = "";
        public long Reference { get; init; }
    }

    private sealed record Reference
    {
        public string Parent { get; init; } = "";
        public string Own { get; init; } = "";
        public string Other { get; init; } = "";
    }
}
