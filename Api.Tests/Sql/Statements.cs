using System.Reflection;
using Registry.Infrastructure.Engine;
using Registry.Infrastructure.Engine.Dialects;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Reading;
using Registry.Infrastructure.Search;
using SqlText = Registry.Infrastructure.Records.Reading.Sql;

namespace Registry.Api.Tests.Sql;

/// <summary>Every statement of the program, as each engine gets it.</summary>
internal static class Statements
{
    private const BindingFlags Everything = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>Every static field of the program.</summary>
    public static IEnumerable<FieldInfo> Fields =>
        typeof(RegistryDatabase)
            .Assembly.GetTypes()
            .Where(holder => !holder.ContainsGenericParameters)
            .SelectMany(holder => holder.GetFields(Everything));

    /// <summary>Every statement by its name, in each form in which it can be read.</summary>
    public static IReadOnlyDictionary<string, string> For(SqlDialect dialect) =>
        All(dialect)
            .SelectMany(entry => entry.Statement.Forms, (entry, form) => (entry.Name, entry.Statement, form))
            .ToDictionary(
                entry => entry.form == SqlForm.Present ? entry.Name : $"{entry.Name} {entry.form}",
                entry => entry.Statement.Text(entry.form)
            );

    /// <summary>The statements that name tables as values, and so can be read in more than one form.</summary>
    public static IEnumerable<(string Name, Statement Statement)> WithForms(SqlDialect dialect) =>
        All(dialect).Where(entry => entry.Statement.Forms.Count > 1);

    private static IEnumerable<(string Name, Statement Statement)> All(SqlDialect dialect) =>
        from field in Fields
        from statement in In(field.GetValue(null), dialect)
        where IsStatement(statement.Statement.Text(SqlForm.Present)) && !IsOfOneDialect(field)
        select ($"{field.DeclaringType!.Name}.{field.Name}{statement.Name}", statement.Statement);

    private static IEnumerable<(string Name, Statement Statement)> In(object? value, SqlDialect dialect) =>
        value switch
        {
            string text => [("", Of(text))],
            SqlText sql => [("", Of(sql.Text))],
            RecordTable table =>
            [
                (".Insert", Of(table.Insert)),
                (".InsertMany", Of(table.InsertMany(2, new HashSet<string> { "Version" }))),
                (".Archive", Of(table.Archive)),
                (".Update", Of(table.Update)),
                (".Delete", Of(table.Delete)),
                (".LastVersion", Of(table.LastVersion)),
                (".Rows", Of(form => $"SELECT {string.Join(", ", table.Columns)} FROM {table.Text(form)} t")),
                .. table.HoldsRecords
                    ? new[]
                    {
                        (".Find", Of(table.Find.Text)),
                        (".FindSeveral", Of(table.FindSeveral(ParameterLists.Places[1]).Text)),
                        (".FindLast", Of(table.FindLast)),
                        (".ArchiveVersion", Of(table.ArchiveVersion)),
                        (".PageAtInstant", Of(table.PageAtInstant(dialect))),
                        (".ArchivedSince", Of(table.ArchivedSince(dialect, upToLast: true))),
                    }
                    : [],
                .. table.Columns.Contains("Scheme") ? [(".Identified", Of(table.Identified))] : Nothing,
            ],
            RecordKind kind => RecordKinds.UsersOf(kind) is { } users ? [(".Users", Of(users))] : [],
            RangePerCollection each => [(".In", Of(each.In(dialect, NamedRecords.Collections).Text))],
            IReadOnlyList<string> several => several.Select((text, index) => ($"[{index}]", Of(text))),
            RecordParents parents => [(".Note", Of(parents.Note)), (".NoteFirst", Of(parents.NoteFirst))],
            LineageTable lineage =>
            [
                (".All", Of(lineage.All)),
                (".Predecessors", Of(lineage.Predecessors)),
                (".Successors", Of(lineage.Successors)),
            ],
            ListSql list => InList(list, dialect),
            _ => [],
        };

    private static readonly (string Name, Statement Statement)[] Nothing = [];

    private static IEnumerable<(string Name, Statement Statement)> InList(ListSql list, SqlDialect dialect)
    {
        foreach (var sort in list.Sorts.Keys)
        {
            foreach (var (descending, after) in new[] { (false, false), (false, true), (true, false), (true, true) })
            {
                var page = list.Page(dialect, sort, descending, after, list.Filters.Keys);
                yield return (
                    $".Page({sort}, {descending}, {after})",
                    descending || after ? Of(page.Text(SqlForm.Present)) : Of(page.Text)
                );
            }
        }

        var first = list.Sorts.Keys.First();
        foreach (var (name, filter) in list.Filters)
        {
            yield return ($".Page({name})", Of(list.Page(dialect, first, false, false, [name]).Text));
            yield return ($".Count({name})", Of(list.Count([name]).Text));
            if (filter.MultiValues.Contains(name))
            {
                var several = new ListSql.Condition(name, filter.WithValues(name, ParameterLists.Places[1]));
                yield return (
                    $".Page(several {name})",
                    Of(list.Page(dialect, [new Ordering(first, false)], false, [several]).Text)
                );
            }
        }

        if (list.FindsByIds)
        {
            var all = list.Filters.Select(filter => new ListSql.Condition(filter.Key, filter.Value)).ToArray();
            foreach (var sort in list.Sorts.Keys)
            {
                Ordering[] orderings = sort == first ? [new(sort, true)] : [new(sort, true), new(first, false)];
                yield return ($".Ids({sort})", Of(list.Ids(dialect, orderings, true, all).Text));
                yield return ($".CountedIds({sort})", Of(list.CountedIds(dialect, orderings, true, all).Text));
                yield return ($".Rows({sort})", Of(list.Rows(orderings, ParameterLists.MaxParameters, all).Text));
            }
        }

        yield return (".Count", Of(list.Count([]).Text));
    }

    private static Statement Of(string text) => new(_ => text, [SqlForm.Present]);

    private static Statement Of(Func<SqlForm, string> text) => new(text, Enum.GetValues<SqlForm>());

    /// <summary>The engine has plain text for one dialect; the statements for both are those of classes of SQL.</summary>
    private static bool IsOfOneDialect(FieldInfo field) =>
        field.FieldType == typeof(string)
        && field.DeclaringType!.Namespace!.StartsWith(typeof(RegistryDatabase).Namespace!, StringComparison.Ordinal);

    /// <summary>Conditions and table names stand in statements; they are none.</summary>
    private static bool IsStatement(string text) =>
        text.TrimStart().Split(' ', 2)[0] is "SELECT" or "INSERT" or "UPDATE" or "DELETE" or "DECLARE";
}

/// <summary>A statement and the forms that it has.</summary>
internal sealed record Statement(Func<SqlForm, string> Text, IReadOnlyList<SqlForm> Forms);
