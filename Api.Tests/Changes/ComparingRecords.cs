using System.Globalization;
using System.Text.Json.Nodes;
using Registry.Infrastructure.Changes;
using Registry.Infrastructure.Records.Models;

namespace Registry.Api.Tests.Changes;

public sealed class ComparingRecords
{
    [TestCase("""{"a":1}""", """{"a":1}""")]
    [TestCase("""{"a":1,"b":{"c":"x","d":[1]}}""", """{ "b": { "d": [ 1.0 ], "c": "x" }, "a": 1e0 }""")]
    [TestCase("""{"a":1,"b":null}""", """{"a":1}""")]
    [TestCase("""{"a":"Көкшетау"}""", """{"a":"\u041a\u04e9\u043a\u0448\u0435\u0442\u0430\u0443"}""")]
    [TestCase(
        """{"a":1,"version":1,"recordedAt":"2026-01-01T00:00:00Z"}""",
        """{"a":1,"version":2,"recordedAt":"2026-02-01T00:00:00Z"}"""
    )]
    public void What_says_the_same_differs_in_nothing(string former, string record)
    {
        Assert.That(RecordComparison.Between(former, record), Is.Empty);
        Assert.That(RecordComparison.AreEqual(former, record), Is.True);
    }

    [TestCase("""{"a":1}""", """{"a":2}""", "replace /a 1 2")]
    [TestCase("""{"a":1}""", """{"a":"1"}""", "replace /a 1 '1'")]
    [TestCase("""{"a":1}""", "{}", "remove /a 1 -")]
    [TestCase("{}", """{"a":1}""", "add /a - 1")]
    [TestCase("""{"a":{"b":1}}""", """{"a":{"b":2}}""", "replace /a/b 1 2")]
    [TestCase("""{"a":{"b":1}}""", """{"a":[1]}""", "replace /a {'b':1} [1]")]
    [TestCase("""{"a/b":{"~":1}}""", """{"a/b":{"~":2}}""", "replace /a~1b/~0 1 2")]
    [TestCase("""{"a":{"version":1}}""", """{"a":{"version":2}}""", "replace /a/version 1 2")]
    public void A_member_tells_from_what_to_what(string former, string record, string expected) =>
        Assert.That(Told(former, record), Is.EqualTo(expected));

    [TestCase("""["b","c"]""", """["a","b","c"]""", "add /l/0 - 'a'")]
    [TestCase("""["a","b","c"]""", """["a","c"]""", "remove /l/1 'b' -")]
    [TestCase("""["a","b","c"]""", """["b","c","a"]""", "remove /l/0 'a' -; add /l/2 - 'a'")]
    [TestCase("""["a","a"]""", """["a"]""", "remove /l/1 'a' -")]
    [TestCase("""["a"]""", """["b"]""", "replace /l/0 'a' 'b'")]
    [TestCase("""["a","b","x"]""", """["c","x"]""", "remove /l/0 'a' -; remove /l/1 'b' -; add /l/0 - 'c'")]
    [TestCase("[]", """["a"]""", "add /l/0 - 'a'")]
    public void An_item_of_a_list_is_one_change_wherever_it_stands(string former, string record, string expected) =>
        Assert.That(Told($$"""{"l":{{former}}}""", $$"""{"l":{{record}}}"""), Is.EqualTo(expected));

    [Test]
    public void A_version_of_an_item_is_told_member_by_member_although_another_one_came_before_it()
    {
        var told = Told(
            """{"standings":[{"standing":"observer","from":"2012"},{"standing":"member","from":"2018"}]}""",
            """
            {"standings":[{"standing":"applicant","from":"2010","until":"2011","ended":true},
            {"standing":"observer","from":"2012"},
            {"standing":"member","from":"2018","until":"2020","ended":true}]}
            """
        );

        Assert.That(
            told,
            Is.EqualTo(
                "add /standings/0 - {'standing':'applicant','from':'2010','until':'2011','ended':true}; "
                    + "add /standings/2/until - '2020'; add /standings/2/ended - true"
            )
        );
    }

    [Test]
    public void A_long_list_with_one_item_more_differs_by_that_item()
    {
        var items = Enumerable.Range(0, 5_000).Select(number => new JsonObject { ["n"] = number, ["k"] = "x" });
        var before = new JsonObject { ["l"] = new JsonArray([.. items]) };
        var after = (JsonObject)before.DeepClone();
        after["l"]!.AsArray().Insert(2_500, new JsonObject { ["n"] = -1 });

        var changes = RecordComparison.Between(before.ToJsonString(), after.ToJsonString());

        Assert.That(changes.Select(change => change.Path), Is.EqualTo(new[] { "/l/2500" }));
    }

    [Test]
    public void What_is_told_is_never_longer_than_both_versions()
    {
        var random = new Random(17);
        for (var round = 0; round < 200; round++)
        {
            var (former, record) = (Made(random, 0).ToJsonString(), Made(random, 0).ToJsonString());

            var changes = RecordComparison.Between(former, record);

            Assert.That(
                changes.Sum(change =>
                    (change.From?.ToJsonString().Length ?? 0) + (change.To?.ToJsonString().Length ?? 0)
                ),
                Is.LessThanOrEqualTo(former.Length + record.Length)
            );
        }
    }

    [Test]
    public void The_changes_make_the_one_version_of_the_other()
    {
        var random = new Random(23);
        for (var round = 0; round < 500; round++)
        {
            var (former, record) = (Made(random, 0), Made(random, 0));

            var changes = RecordComparison.Between(former.ToJsonString(), record.ToJsonString());

            var made = (JsonObject)former.DeepClone();
            foreach (var change in changes.Where(change => change.Op == FieldChangeKind.Remove).Reverse())
            {
                Apply(made, change);
            }

            foreach (var change in changes.Where(change => change.Op != FieldChangeKind.Remove))
            {
                Apply(made, change);
            }

            Assert.That(
                RecordComparison.Between(made.ToJsonString(), record.ToJsonString()),
                Is.Empty,
                $"{former.ToJsonString()} {record.ToJsonString()}"
            );
        }
    }

    private static void Apply(JsonObject whole, FieldChange change)
    {
        var steps = change.Path.Split('/')[1..];
        JsonNode place = whole;
        foreach (var step in steps[..^1])
        {
            place = place is JsonArray list ? list[int.Parse(step, CultureInfo.InvariantCulture)]! : place[step]!;
        }

        switch (place, change.Op)
        {
            case (JsonArray list, FieldChangeKind.Remove):
                list.RemoveAt(int.Parse(steps[^1], CultureInfo.InvariantCulture));
                break;
            case (JsonArray list, FieldChangeKind.Add):
                list.Insert(int.Parse(steps[^1], CultureInfo.InvariantCulture), change.To!.DeepClone());
                break;
            case (JsonArray list, _):
                list[int.Parse(steps[^1], CultureInfo.InvariantCulture)] = change.To!.DeepClone();
                break;
            case (JsonObject members, FieldChangeKind.Remove):
                members.Remove(steps[^1]);
                break;
            default:
                place[steps[^1]] = change.To!.DeepClone();
                break;
        }
    }

    /// <summary>An object with lists of texts, which may be alike, and an object within it.</summary>
    private static JsonObject Made(Random random, int depth)
    {
        var made = new JsonObject();
        foreach (var name in "abcd".Select(letter => letter.ToString()).Where(_ => random.Next(3) > 0))
        {
            made[name] = random.Next(depth < 2 ? 3 : 1) switch
            {
                0 => random.Next(3),
                1 => new JsonArray([.. Enumerable.Range(0, random.Next(6)).Select(_ => (JsonNode)$"{random.Next(4)}")]),
                _ => Made(random, depth + 1),
            };
        }

        return made;
    }

    /// <summary>The changes in a form that is short to write: with single quotes, and - for nothing.</summary>
    private static string Told(string former, string record) =>
        string.Join(
                "; ",
                RecordComparison
                    .Between(former, record)
                    .Select(change =>
                        $"{Words.Of(change.Op)} {change.Path} {change.From?.ToJsonString() ?? "-"} {change.To?.ToJsonString() ?? "-"}"
                    )
            )
            .Replace('"', '\'');
}
