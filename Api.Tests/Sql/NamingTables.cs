using Microsoft.SqlServer.TransactSql.ScriptDom;
using Registry.Infrastructure.Engine.Dialects;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Reading;
using Registry.Infrastructure.Search;
using SqlText = Registry.Infrastructure.Records.Reading.Sql;

namespace Registry.Api.Tests.Sql;

/// <summary>Statements that can be read at an instant name the tables of records as values, and nowhere in their text.</summary>
public sealed class NamingTables
{
    private static readonly HashSet<string> OfRecords =
    [
        .. Tables().SelectMany(table => new[] { table.Name, $"{table.Name}History" }),
    ];

    private static RecordTable[] Tables() =>
        [
            .. Statements
                .Fields.Where(field => field.FieldType == typeof(RecordTable))
                .Select(field => (RecordTable)field.GetValue(null)!),
        ];

    [Test]
    public void At_an_instant_no_table_of_records_is_read_whole()
    {
        var whole = Statements
            .WithForms(new SqlServerDialect())
            .SelectMany(entry =>
                ReadWhole(entry.Statement.Text(SqlForm.AtInstant)).Select(table => $"{entry.Name}: {table}")
            );

        Assert.That(whole, Is.Empty);
    }

    [Test]
    public void Every_table_of_a_kind_knows_the_collection()
    {
        using (Assert.EnterMultipleScope())
        {
            foreach (var kind in RecordKinds.All)
            {
                Assert.That(
                    kind.Parts.Prepend(kind.Main).Select(table => table.Collection),
                    Is.All.EqualTo(kind.Collection),
                    kind.Noun
                );
            }
        }
    }

    [Test]
    public void An_index_of_several_collections_has_none() =>
        Assert.That(
            Tables()
                .Except(RecordKinds.All.SelectMany(kind => kind.Parts.Prepend(kind.Main)))
                .Select(table => table.Collection),
            Is.Not.Empty.And.All.Null
        );

    /// <summary>The classes name the tables of each other, and one may be read while it is initialized.</summary>
    [Test]
    public void The_tables_stand_first_in_their_class()
    {
        var late = Statements
            .Fields.GroupBy(field => field.DeclaringType!)
            .Where(holder =>
                holder
                    .SkipWhile(field => !NamesTables(field.FieldType))
                    .Any(field => field.FieldType == typeof(RecordTable))
            )
            .Select(holder => holder.Key.Name);

        Assert.That(late, Is.Empty);
    }

    private static bool NamesTables(Type type) =>
        type == typeof(SqlText)
        || type == typeof(ListSql)
        || type == typeof(Lookup)
        || type == typeof(RangePerCollection);

    private static List<string> ReadWhole(string sql)
    {
        var reads = new Reads();
        TSql.Parse(sql, out _).Accept(reads);
        return reads.Whole;
    }

    /// <summary>Collects the tables of records that a query reads without asking when their rows were recorded.</summary>
    private sealed class Reads : TSqlFragmentVisitor
    {
        public List<string> Whole { get; } = [];

        public override void Visit(QuerySpecification node)
        {
            var text = string.Concat(
                node.ScriptTokenStream.Take(node.LastTokenIndex + 1)
                    .Skip(node.FirstTokenIndex)
                    .Select(token => token.Text)
            );
            Whole.AddRange(
                (node.FromClause?.TableReferences ?? [])
                    .SelectMany(Named)
                    .Where(table => OfRecords.Contains(table.SchemaObject.BaseIdentifier.Value))
                    .Where(table =>
                        !text.Contains(
                            table.Alias is { } alias
                                ? $"{alias.Value}.RecordedFrom <= @KnownAt"
                                : "WHERE RecordedFrom <= @KnownAt",
                            StringComparison.Ordinal
                        )
                    )
                    .Select(table => table.SchemaObject.BaseIdentifier.Value)
            );
        }

        private static IEnumerable<NamedTableReference> Named(TableReference table) =>
            table switch
            {
                NamedTableReference named => [named],
                JoinTableReference join => Named(join.FirstTableReference).Concat(Named(join.SecondTableReference)),
                JoinParenthesisTableReference inner => Named(inner.Join),
                _ => [],
            };
    }
}
