using System.Text;
using System.Text.Json.Nodes;
using Registry.Api.Tests.Support;
using Registry.Domain;
using Registry.Infrastructure.Importing;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Reading;
using Registry.Infrastructure.Tables;

namespace Registry.Api.Tests.Tables;

public sealed class WritingTables(Engine engine) : CatalogueTest(engine)
{
    [Test]
    public async Task Every_record_comes_back_from_its_rows_as_it_was()
    {
        var records = await RecordsAsync();

        foreach (var collection in records.GroupBy(record => record.Collection, record => record.Record))
        {
            var written = collection.ToArray();
            var read = Tables.Read(collection.Key, await Tables.WriteAsync(collection.Key, written));

            Assert.That(read, Is.EqualTo(written).Using<JsonObject>(JsonNode.DeepEquals), collection.Key);
        }

        Assert.That(records.Select(record => record.Collection).Distinct(), Is.EqualTo(RecordKinds.Collections));
    }

    private async Task<IReadOnlyList<(string Collection, JsonObject Record)>> RecordsAsync()
    {
        var export = await App.Http.GetStringAsync("/v1/export");
        return
        [
            .. export
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Skip(1)
                .Select(line => JsonNode.Parse(line)!)
                .Select(line => ((string)line["collection"]!, line["record"]!.AsObject())),
        ];
    }
}

public sealed class CellsOfTables
{
    [Test]
    public async Task A_membership_has_a_row_for_each_standing()
    {
        var text = await Tables.WriteAsync(
            "memberships",
            record => record == new RecordName("states", "LKA") ? "Sri Lanka" : null,
            Parse(
                """
                {"id":"cica.lka","forum":"CICA","member":{"kind":"state","code":"LKA"},"standings":[
                {"standing":"observer","from":"2012","until":"2018-08-14","ended":true},
                {"standing":"member","from":"2018-08-15","sources":[{"citation":"A, \"B\"","confidence":"high"}]}],"version":3}
                """
            )
        );

        Assert.That(
            text,
            Is.EqualTo(
                """""
                id,forum,forum.name,member.kind,member.code,member.name,standing,from,from.earliest,from.latest,until,until.earliest,until.latest,ended,basis,ending,endingBasis,sources,version,recordedAt,deleted
                cica.lka,CICA,,state,LKA,Sri Lanka,observer,2012,2012-01-01,2012-12-31,2018-08-14,2018-08-14,2018-08-14,true,,,,,3,,
                cica.lka,CICA,,state,LKA,Sri Lanka,member,2018-08-15,2018-08-15,2018-08-15,,,,,,,,"[{""citation"":""A, \""B\"""",""confidence"":""high""}]",3,,

                """"".ReplaceLineEndings("\r\n")
            )
        );
    }

    [Test]
    public async Task Members_of_members_are_columns_and_codes_share_one()
    {
        var text = await Tables.WriteAsync(
            "forums",
            Parse(
                """{"code":"CSTO","names":[],"seat":{"city":"Moscow","country":"RUS"},"predecessors":["CST","XYZ"],"version":1}"""
            )
        );
        var (header, row) = (text.Split("\r\n")[0].Split(','), text.Split("\r\n")[1].Split(','));

        Assert.That(
            header.Zip(row).Where(cell => cell.Second.Length > 0),
            Is.EqualTo(
                new[]
                {
                    ("code", "CSTO"),
                    ("names", "[]"),
                    ("seat.city", "Moscow"),
                    ("seat.country", "RUS"),
                    ("predecessors", "CST|XYZ"),
                    ("version", "1"),
                }
            )
        );
    }

    [TestCase("memberships", "forum", "forum.name")]
    [TestCase("memberships", "member.code", "member.name")]
    [TestCase("memberships", "from", "from.earliest")]
    [TestCase("memberships", "from.earliest", "from.latest")]
    [TestCase("states", "existence.until", "existence.until.earliest")]
    [TestCase("states", "predecessors", "predecessors.names")]
    [TestCase("forums", "seat.country", "seat.country.name")]
    [TestCase("bodies", "parent", "parent.name")]
    [TestCase("posts", "of.code", "of.name")]
    [TestCase("appointments", "minister", "minister.name")]
    [TestCase("appointments", "post", "post.name")]
    [TestCase("meetings", "body", "body.name")]
    [TestCase("meetings", "chair.member.code", "chair.member.name")]
    [TestCase("meetings", "chair.minister", "chair.minister.name")]
    [TestCase("outcomes", "fulfils", "fulfils.names")]
    [TestCase("claims", "subject.id", "subject.name")]
    [TestCase("claims", "source", "source.name")]
    public void A_column_that_explains_another_stands_behind_it(string collection, string column, string explanation)
    {
        var names = CsvShape.Of(collection).Names.ToList();

        Assert.That(names.IndexOf(explanation), Is.EqualTo(names.IndexOf(column) + 1).And.Positive);
    }

    [Test]
    public void Every_date_of_every_collection_is_explained() =>
        Assert.That(
            RecordKinds
                .Collections.SelectMany(collection => CsvShape.Of(collection).Columns)
                .Where(column => column.Type == typeof(PartialDate))
                .GroupBy(column => column.Explanation)
                .Select(columns => columns.Count())
                .Distinct()
                .Single(),
            Is.GreaterThan(10)
        );

    [Test]
    public void What_explains_a_column_says_nothing_when_it_is_read()
    {
        var records = Tables.Read(
            "memberships",
            "forum,forum.name,from,from.earliest,member.name\r\nCICA,Another Forum,1992,1992-01-01,Atlantis\r\n"
        );

        Assert.That(records.Single().ToJsonString(), Is.EqualTo("""{"forum":"CICA","standings":[{"from":"1992"}]}"""));
    }

    [TestCase("forums", "CICA", "code", "CICA")]
    [TestCase("bodies", "CICA/summit", "forum", "CICA")]
    [TestCase("bodies", "CICA/summit", "code", "summit")]
    [TestCase("memberships", "cica.kwt", "id", "cica.kwt")]
    [TestCase("claims", "some-claim", "deleted", "true")]
    public void A_deleted_record_has_one_row_that_says_so(string collection, string id, string column, string cell)
    {
        var shape = CsvShape.Of(collection);

        var rows = shape.Rows(
            $$"""{"id":"{{id}}","deleted":true,"version":2,"recordedAt":"2026-01-01T00:00:00.000000Z"}"""
        );

        Assert.That(rows.Single()[shape.Names.ToList().IndexOf(column)], Is.EqualTo(cell));
    }

    [TestCase("=1+1", "'=1+1")]
    [TestCase("＝1+1", "'＝1+1")]
    [TestCase("－2+3", "'－2+3")]
    [TestCase("'＝1+1", "''＝1+1")]
    [TestCase("+49 30", "'+49 30")]
    [TestCase("-2+3", "'-2+3")]
    [TestCase("@SUM(A1)", "'@SUM(A1)")]
    [TestCase("'=1+1", "''=1+1")]
    [TestCase("''-", "'''-")]
    [TestCase("-5", "-5")]
    [TestCase("-5.25", "-5.25")]
    [TestCase("'tis", "'tis")]
    [TestCase("a=b", "a=b")]
    public async Task No_cell_is_a_formula_and_each_comes_back_as_it_was(string title, string cell)
    {
        var source = new JsonObject { ["id"] = "some-source", ["title"] = title };

        var text = await Tables.WriteAsync("sources", source);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(text.Split("\r\n")[1], Does.Contain($",{cell},"));
            Assert.That(
                Tables.Read("sources", text),
                Is.EqualTo(new[] { source }).Using<JsonObject>(JsonNode.DeepEquals)
            );
        }
    }

    [Test]
    public void A_column_that_there_is_not_is_named()
    {
        var header = CsvShape.Of("states").Bind(["code", "colour", "code"]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(header.Unknown, Is.EqualTo(new[] { "colour" }));
            Assert.That(header.Repeated, Is.EqualTo(new[] { "code" }));
        }
    }

    [Test]
    public void A_quote_that_is_never_closed_makes_the_file_unreadable() =>
        Assert.That(
            () => Tables.Read("states", "code,names\r\nKAZ,\"[]\r\nRUS,[]\r\n"),
            Throws.TypeOf<CsvUnreadableException>()
        );

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();
}

internal static class Tables
{
    public static Task<string> WriteAsync(string collection, params IEnumerable<JsonObject> records) =>
        WriteAsync(collection, null, records);

    public static async Task<string> WriteAsync(
        string collection,
        Func<RecordName, string?>? nameOf,
        params IEnumerable<JsonObject> records
    )
    {
        using var file = new MemoryStream();
        await using (var lines = new CsvLines(file, CsvShape.Of(collection)))
        {
            await lines.WriteHeaderAsync(default);
            foreach (var record in records)
            {
                await lines.WriteAsync(record.ToJsonString(RegistryJson.Options), nameOf, default);
            }
        }

        return Encoding.UTF8.GetString(file.ToArray());
    }

    public static IReadOnlyList<JsonObject> Read(string collection, string text)
    {
        var shape = CsvShape.Of(collection);
        var table = new TableReader(
            shape,
            () => CsvRows.Read(() => new MemoryStream(Encoding.UTF8.GetBytes(text)), shape.Names)
        );
        var records = new List<JsonObject>();
        foreach (var row in table.RowsAsync().ToBlockingEnumerable())
        {
            Assert.That(row.Errors, Is.Empty);
            var record = RowMerge.Over(null, row.Says, shape);
            if (records.LastOrDefault() is { } last && last["id"] is { } id && JsonNode.DeepEquals(id, record["id"]))
            {
                shape.Gather(last, record);
            }
            else
            {
                records.Add(record);
            }
        }

        return records;
    }
}
