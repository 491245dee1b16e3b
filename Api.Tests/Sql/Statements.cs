using System.Reflection;
using Registry.Infrastructure.Engine;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Reading;
using Registry.Infrastructure.Search;

namespace Registry.Api.Tests.Sql;

/// <summary>Every statement of the program, as each engine gets it.</summary>
internal static class Statements
{
    private const BindingFlags Everything = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    public static IEnumerable<TestCaseData> For(SqlDialect dialect) =>
        from holder in typeof(RegistryDatabase).Assembly.GetTypes()
        where holder.Name.EndsWith("Sql", StringComparison.Ordinal)
        from field in holder.GetFields(Everything)
        from statement in In(field.GetValue(null), dialect)
        where IsStatement(statement.Text)
        select new TestCaseData(statement.Text).SetArgDisplayNames($"{holder.Name}.{field.Name}{statement.Name}");

    private static IEnumerable<(string Name, string Text)> In(object? value, SqlDialect dialect) =>
        value switch
        {
            string text => [("", text)],
            RecordTable table =>
            [
                (".Insert", table.Insert),
                (".InsertMany", table.InsertMany(2, new HashSet<string> { "Version" })),
                (".Archive", table.Archive),
                (".Update", table.Update),
                (".Delete", table.Delete),
                (".WasHeld", table.WasHeld),
                .. RecordKinds
                    .All.Where(kind => kind.Parts.Prepend(kind.Main).Contains(table))
                    .Select(kind => (".WithDeleted", table.WithDeleted(kind))),
                .. table.HoldsRecords
                    ? new[]
                    {
                        (".Find", table.Find),
                        (".FindSeveral", table.FindSeveral(ParameterLists.Places[1])),
                        (".FindLast", table.FindLast),
                        (".ArchiveVersion", table.ArchiveVersion),
                        (".PageAtInstant", table.PageAtInstant(dialect)),
                        (".ArchivedSince", table.ArchivedSince(dialect, upToLast: true)),
                    }
                    : [],
            ],
            EachCollection each => [(".In", each.In(dialect, NamedRecords.Collections))],
            IReadOnlyList<string> several => several.Select((text, index) => ($"[{index}]", text)),
            RecordParents parents => [(".Note", parents.Note)],
            LineageTable lineage =>
            [
                (".All", lineage.All),
                (".Predecessors", lineage.Predecessors),
                (".Successors", lineage.Successors),
            ],
            ListSql list => InList(list, dialect),
            _ => [],
        };

    private static IEnumerable<(string Name, string Text)> InList(ListSql list, SqlDialect dialect)
    {
        foreach (var sort in list.Sorts.Keys)
        {
            foreach (var (descending, after) in new[] { (false, false), (false, true), (true, false), (true, true) })
            {
                yield return (
                    $".Page({sort}, {descending}, {after})",
                    list.Page(dialect, sort, descending, after, list.Filters.Keys)
                );
            }
        }

        foreach (var filter in list.Filters.Keys)
        {
            yield return ($".Page({filter})", list.Page(dialect, list.Sorts.Keys.First(), false, false, [filter]));
            yield return (
                $".AtInstant({filter})",
                ReadSession.AtInstant(list.Page(dialect, list.Sorts.Keys.First(), false, false, [filter]))
            );
            yield return ($".Count({filter})", list.Count([filter]));
            yield return ($".WithDeleted({filter})", ReadSession.WithDeleted(list.Count([filter])));
        }

        yield return (".Count", list.Count([]));
    }

    /// <summary>Conditions and table names stand in statements; they are none.</summary>
    private static bool IsStatement(string text) =>
        text.TrimStart().Split(' ', 2)[0] is "SELECT" or "INSERT" or "UPDATE" or "DELETE" or "DECLARE";
}
