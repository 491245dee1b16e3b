using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Http;

public sealed class BadInput(Engine engine) : UnwrittenTest(engine)
{
    private const int MiB = 1024 * 1024;

    private static readonly string[] ImpossibleDates =
    [
        "2022-02-30",
        "2021-02-29",
        "0000",
        "9999-99",
        "2022-13-01",
        "2022-00",
        "2022-1-1",
        "20220101",
        "2022-01-01T00:00:00Z",
        "-001",
        "+2022",
        "yesterday",
    ];

    // Wherever they stand; what one operation alone demands, it says itself.
    private static readonly string[] Required =
    [
        "code",
        "names",
        "kind",
        "language",
        "text",
        "scheme",
        "value",
        "citation",
        "confidence",
        "city",
        "nature",
        "step",
        "member",
        "standing",
        "standings",
    ];

    private static readonly string[] Codes =
    [
        "code",
        "id",
        "parent",
        "country",
        "language",
        "scheme",
        "alpha2",
        "m49",
        "predecessors[0]",
        "url",
        "forum",
        "body",
        "accreditedTo",
        "into",
        "minister",
        "post",
        "mediaType",
        "sha256",
    ];

    [TestCaseSource(typeof(WritingOperation), nameof(WritingOperation.WithBody))]
    public async Task A_body_that_is_no_JSON_object_is_refused(WritingOperation operation)
    {
        var body = operation.Body!.Trim();
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 1000)) + "1" + new string('}', 1000);
        (string, byte[])[] unreadable =
        [
            ("empty", []),
            ("blank", Bytes("  \n")),
            ("null", Bytes("null")),
            ("list", Bytes($"[{body}]")),
            ("text", Bytes("\"text\"")),
            ("number", Bytes("7")),
            ("true", Bytes("true")),
            ("words", Bytes("code=PACT&name=x")),
            ("truncated", Bytes(body[..^1])),
            ("half", Bytes(body[..(body.Length / 2)])),
            ("two", Bytes(body + body)),
            ("trailing comma", Bytes(body[..^1] + ",}")),
            ("comment", Bytes("/* a */" + body)),
            ("single quotes", Bytes(body.Replace('"', '\''))),
            ("not UTF-8", [0xFF, 0xFE, .. Bytes(body)]),
            ("UTF-16", Encoding.Unicode.GetBytes(body)),
            ("NUL", [0]),
            ("deep object", Bytes(deep)),
            ("deep list", Bytes($"{{\"names\":{new string('[', 1000)}{new string(']', 1000)}}}")),
        ];

        await RefusedAsync(
            operation,
            unreadable.Select(one => new Bad(one.Item1, one.Item2, null, "unreadable-request"))
        );
    }

    [TestCaseSource(typeof(WritingOperation), nameof(WritingOperation.WithBody))]
    public async Task A_body_in_another_form_is_refused(WritingOperation operation)
    {
        var body = Bytes(operation.Body!);
        string[] mediaTypes =
        [
            "text/plain",
            "application/xml",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "application/jsonp",
            operation.IsPatch ? "application/json" : "application/merge-patch+json",
            $"{operation.MediaType}; charset=utf-16",
            $"{operation.MediaType}; charset=iso-8859-1",
        ];

        await RefusedAsync(
            operation,
            mediaTypes
                .Select(mediaType => new Bad(mediaType, body) { MediaType = mediaType })
                .Append(new Bad("no body", null))
                .Select(bad => bad with { Status = 415, Type = "unsupported-media-type" })
        );
    }

    [TestCaseSource(typeof(WritingOperation), nameof(WritingOperation.WithBody))]
    public async Task A_body_of_3_MiB_is_too_large(WritingOperation operation)
    {
        var blanks = new byte[3 * MiB];
        Array.Fill(blanks, (byte)' ');

        await RefusedAsync(
            operation,
            [
                new Bad("blanks", blanks, null, "too-large") { Status = 413 },
                new Bad("blanks after it", [.. Bytes(operation.Body!), .. blanks], null, "too-large") { Status = 413 },
            ]
        );
    }

    [TestCaseSource(typeof(WritingOperation), nameof(WritingOperation.WithBody))]
    public async Task A_value_of_the_wrong_type_is_named(WritingOperation operation)
    {
        string[] others = ["7", "-1", "1e400", "0.5", "true", "false", "{}", "[]"];
        string[] items = ["[[]]", "[7]", "[null]"];
        var valid = operation.Valid();

        await RefusedAsync(
            operation,
            JsonPlace
                .Of(valid)
                .SelectMany(place =>
                    others
                        .Where(other => !Fits(operation, place, other))
                        .Select(other => new Bad(other, Broken.Replace(valid, place.Path, other), place.Path))
                        .Concat(
                            items
                                .Where(_ => place.Value is JsonArray)
                                .Select(item => new Bad(
                                    item,
                                    Broken.Replace(valid, place.Path, item),
                                    $"{place.Path}[0]"
                                ))
                        )
                )
        );
    }

    [TestCaseSource(typeof(WritingOperation), nameof(WritingOperation.WithBody))]
    public async Task A_text_that_is_none_is_named(WritingOperation operation)
    {
        (string, byte[])[] texts =
        [
            ("empty", Bytes("\"\"")),
            ("blank", Bytes("\" \"")),
            ("blank without ASCII", Bytes("\"\\u3000\\u00a0\"")),
            ("NUL", Bytes("\"a\\u0000b\"")),
            ("control character", Bytes("\"a\\u001bb\"")),
            ("line break", Bytes("\"a\\nb\"")),
            ("high surrogate", Bytes("\"a\\ud800\"")),
            ("low surrogate", Bytes("\"\\udc00a\"")),
            ("64 KiB", Bytes($"\"{new string('x', MiB / 16)}\"")),
        ];
        var valid = operation.Valid();

        var places = JsonPlace.Of(valid).ToArray();
        var longest = Bytes($"\"{new string('x', MiB)}\"");

        await RefusedAsync(
            operation,
            [
                .. from place in places
                from text in texts
                select new Bad(text.Item1, Broken.Replace(valid, place.Path, text.Item2), place.Path),
                new Bad("1 MiB", Broken.Replace(valid, places[^1].Path, longest), places[^1].Path),
            ]
        );
    }

    [TestCaseSource(typeof(WritingOperation), nameof(WritingOperation.WithBody))]
    public async Task What_is_required_is_named_when_it_is_null_or_left_out(WritingOperation operation)
    {
        var valid = operation.Valid();
        var places = JsonPlace.Of(valid).ToArray();
        var required = places.Where(place => IsRequired(operation, place)).ToArray();

        await RefusedAsync(
            operation,
            [
                .. required
                    .Concat(places.Where(place => place.Path.EndsWith(']')))
                    .Select(place => new Bad("null", Broken.Replace(valid, place.Path, "null"), place.Path)),
                .. required
                    .Where(place => !operation.IsPatch || place.Path.Contains('[', StringComparison.Ordinal))
                    .Select(place => new Bad("absent", Broken.Remove(valid, place.Path), place.Path)),
            ]
        );
    }

    [TestCaseSource(typeof(WritingOperation), nameof(WritingOperation.WithBody))]
    public async Task Unknown_members_are_named_at_every_level(WritingOperation operation)
    {
        string[] names = ["nonsense", "Code", "__proto__", "$ref", "%", "имя"];
        var valid = operation.Valid();

        await RefusedAsync(
            operation,
            from place in JsonPlace.Objects(valid)
            from name in names
            select new Bad("unknown", Broken.Add(valid, place.Path, name, "1"), place.Inner(name))
        );
    }

    [TestCaseSource(typeof(WritingOperation), nameof(WritingOperation.WithBody))]
    public async Task Repeated_members_are_named_at_every_level(WritingOperation operation)
    {
        var valid = operation.Valid();

        await RefusedAsync(
            operation,
            from place in JsonPlace.Objects(valid)
            from member in place.Value.AsObject()
            let again = member.Value!.ToJsonString()
            select new Bad("repeated", Broken.Add(valid, place.Path, member.Key, again), place.Inner(member.Key))
        );
    }

    [TestCaseSource(typeof(WritingOperation), nameof(WritingOperation.WithBody))]
    public async Task A_member_whose_name_is_broken_Unicode_is_refused(WritingOperation operation)
    {
        var valid = operation.Valid();

        await RefusedAsync(
            operation,
            from place in JsonPlace.Objects(valid)
            select new Bad(place.Path, Broken.Add(valid, place.Path, "\\ud800", "1"), null, "unreadable-request")
        );
    }

    [TestCaseSource(typeof(WritingOperation), nameof(WritingOperation.WithDates))]
    public async Task A_date_that_does_not_exist_is_named(WritingOperation operation)
    {
        var valid = operation.Valid();

        await RefusedAsync(
            operation,
            from place in JsonPlace.Of(valid)
            where JsonPlace.Dates.Contains(place.Member)
            from date in ImpossibleDates
            select new Bad(date, Broken.Replace(valid, place.Path, $"\"{date}\""), place.Path)
        );
    }

    [TestCaseSource(typeof(WritingOperation), nameof(WritingOperation.WithWords))]
    public async Task A_word_that_nobody_knows_is_named(WritingOperation operation)
    {
        static string[] Unknown(string known) =>
            ["king", "0", "1", "null", known.ToUpperInvariant(), $"{known}s", $" {known}", $"{known},{known}"];

        var valid = operation.Valid();

        await RefusedAsync(
            operation,
            from place in JsonPlace.Of(valid)
            where JsonPlace.Words.Contains(place.Member)
            from word in Unknown((string)place.Value!)
            select new Bad(word, Broken.Replace(valid, place.Path, $"\"{word}\""), place.Path)
        );
    }

    [TestCaseSource(typeof(WritingOperation), nameof(WritingOperation.WithBody))]
    public async Task A_code_of_another_shape_is_named(WritingOperation operation)
    {
        string[] others = ["?", "../x", "A B", "КАЗ", "' OR 1=1 --", new string('A', 65)];
        var valid = operation.Valid();

        await RefusedAsync(
            operation,
            from place in JsonPlace.Of(valid)
            where Codes.Contains(place.Member)
            from other in others
            select new Bad(other, Broken.Replace(valid, place.Path, $"\"{other}\""), place.Path)
        );
    }

    [TestCaseSource(typeof(WritingOperation), nameof(WritingOperation.WithPeriods))]
    public async Task A_period_that_ends_before_it_starts_is_named(WritingOperation operation)
    {
        var valid = operation.Valid();

        await RefusedAsync(
            operation,
            from place in JsonPlace.Of(valid)
            where JsonPlace.Ends.Contains(place.Member)
            select new Bad("reversed", Broken.Replace(valid, place.Path, "\"1901-01-01\""), place.Path)
        );
    }

    [TestCase("create a forum", "predecessors[0]", "\"NOWHERE\"", "unknown-reference")]
    [TestCase("replace a forum", "seat.country", "\"ZZZ\"", "unknown-reference")]
    [TestCase("correct a forum", "predecessors[0]", "\"PACT\"", "lineage-circle")]
    [TestCase("create a body", "parent", "\"nowhere\"", "unknown-reference")]
    [TestCase("replace a body", "seat.country", "\"ZZZ\"", "unknown-reference")]
    [TestCase("correct a body", "parent", "\"staff\"", "body-circle")]
    [TestCase("create a state", "predecessors[0]", "\"ZZZ\"", "unknown-reference")]
    [TestCase("admit a member", "member.code", "\"ZZZ\"", "unknown-reference")]
    [TestCase("create a forum", "names[0].until", "\"2001\"", "name-overlap")]
    [TestCase("replace a body", "names[0].until", "\"2001\"", "name-overlap")]
    [TestCase("correct a state", "names[0].until", "\"2001\"", "name-overlap")]
    [TestCase("create a forum", "stages[0].until", "\"2001\"", "stage-overlap")]
    [TestCase("correct a forum", "stages[0].until", "\"2001\"", "stage-overlap")]
    [TestCase("put a new membership", "standings[0].until", "\"2006\"", "standing-overlap")]
    [TestCase("correct a membership", "standings[0].until", "\"2006\"", "standing-overlap")]
    [TestCase("accede", "from", "\"1999\"", "standing-overlap")]
    [TestCase("correct a minister", "died", "\"1999\"", "outside-life")]
    [TestCase("create a post", "of.code", "\"ZZZ\"", "unknown-reference")]
    [TestCase("correct a post", "accreditedTo", "\"NOWHERE\"", "unknown-reference")]
    [TestCase("replace a post", "titles[0].until", "\"2001\"", "title-overlap")]
    [TestCase("replace a post", "abolished", "\"1999\"", "outside-life")]
    [TestCase("appoint", "post", "\"nothing\"", "unknown-reference")]
    [TestCase("appoint", "acting", "false", "post-held")]
    [TestCase("appoint", "titles[0].until", "\"2001\"", "title-overlap")]
    [TestCase("appoint", "titles[1].from", "\"2007\"", "outside-life")]
    [TestCase("put a new appointment", "minister", "\"nobody\"", "unknown-reference")]
    [TestCase("end an appointment", "until", "\"1999\"", "ends-before-start")]
    [TestCase("record a chairmanship", "chair.code", "\"ZZZ\"", "unknown-reference")]
    [TestCase("put a new chairmanship", "forum", "\"NOWHERE\"", "unknown-reference")]
    [TestCase("correct a chairmanship", "body", "\"nowhere\"", "unknown-reference")]
    public async Task What_other_facts_forbid_is_refused_and_leaves_nothing(
        string operation,
        string path,
        string value,
        string rule
    )
    {
        var writing = WritingOperation.Every.Single(one => one.Name == operation);

        var body = Broken.Replace(writing.Valid(), path, value);

        await RefusedAsync(writing, [new Bad(value, body, null, rule) { Status = 409 }]);
    }

    [TestCaseSource(typeof(WritingOperation), nameof(WritingOperation.Every))]
    public async Task A_parameter_that_means_nothing_is_named(WritingOperation operation)
    {
        var body = operation.Body is null ? null : Bytes(operation.Body);

        await RefusedAsync(
            operation with
            {
                Path = $"{operation.Path}?force=true",
            },
            [new Bad("unknown", body, "force")]
        );
    }

    [TestCase("put a new forum", "/v1/forums/OTHER")]
    [TestCase("replace a forum", "/v1/forums/LEAGUE")]
    [TestCase("put a new body", "/v1/forums/PACT/bodies/other")]
    [TestCase("replace a body", "/v1/forums/PACT/bodies/council")]
    [TestCase("put a new state", "/v1/states/PAK")]
    [TestCase("replace a state", "/v1/states/PER")]
    [TestCase("put a new minister", "/v1/ministers/other")]
    [TestCase("replace a minister", "/v1/ministers/bea")]
    [TestCase("put a new post", "/v1/posts/other")]
    [TestCase("replace a post", "/v1/posts/kaz.deputy")]
    [TestCase("put a new appointment", "/v1/appointments/other")]
    [TestCase("put a new chairmanship", "/v1/chairmanships/other")]
    public async Task A_code_other_than_that_of_the_address_is_named(string operation, string address)
    {
        var writing = WritingOperation.Every.Single(one => one.Name == operation) with { Path = address };

        var field = writing.Valid().ContainsKey("code") ? "code" : "id";

        await RefusedAsync(writing, [new Bad(address, Bytes(writing.Body!), field)]);
    }

    [Test]
    public async Task All_fields_at_fault_are_named_at_once()
    {
        var answer = await App.SendAsync(
            HttpMethod.Post,
            "/v1/forums?dry=1",
            """
            {
              "code": "p", "code": "q", "nonsense": 1, "founded": "2022-02-30", "dissolved": 7, "ended": "yes",
              "names": [{ "kind": "king", "text": "a\u0000", "from": "2000", "until": "1999" }, null],
              "seat": { "country": "Kazakhstan", "street": "x" }, "identifiers": {}, "predecessors": ["no"],
              "sources": [{ "citation": " ", "url": "ftp://x", "confidence": null }]
            }
            """
        );

        Assert.That(
            await answer.FieldsAtFaultAsync(),
            Is.EquivalentTo(
                new[]
                {
                    "code",
                    "dissolved",
                    "dry",
                    "ended",
                    "founded",
                    "identifiers",
                    "names[0].kind",
                    "names[0].language",
                    "names[0].text",
                    "names[0].until",
                    "names[1]",
                    "nonsense",
                    "predecessors[0]",
                    "seat.city",
                    "seat.country",
                    "seat.street",
                    "sources[0].citation",
                    "sources[0].confidence",
                    "sources[0].url",
                }
            )
        );
    }

    [Test]
    public async Task A_state_is_admitted_by_the_code_of_a_state()
    {
        var answer = await App.AdmitAsync("PACT", "A-1", from: "2001");

        Assert.That(await answer.FieldsAtFaultAsync(), Is.EqualTo(new[] { "member.code" }));
    }

    /// <summary>An object or a list of the right sort in the place is no fault, and a patch merges an empty object.</summary>
    private static bool Fits(WritingOperation operation, JsonPlace place, string other) =>
        other switch
        {
            "{}" => place.Value is JsonObject,
            "[]" => place.Value is JsonArray && !IsRequired(operation, place),
            "7" => place.Value.GetValueKind() is JsonValueKind.Number,
            "true" or "false" => place.Value.GetValueKind() is JsonValueKind.True,
            _ => false,
        };

    private static bool IsRequired(WritingOperation operation, JsonPlace place) =>
        operation.Required.Contains(place.Path)
        || (Required.Contains(place.Member) && !operation.Optional.Contains(place.Path));

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private async Task<long> SequenceAsync() =>
        (await App.QueryAsync<long>("SELECT Sequence FROM ChangeCounter")).Single();

    /// <summary>Sends every request, each of which is to be refused as said; in the end nothing has been written.</summary>
    private async Task RefusedAsync(WritingOperation operation, IEnumerable<Bad> requests)
    {
        var before = await SequenceAsync();
        var sent = 0;
        var failures = new List<string>();
        foreach (var bad in requests)
        {
            sent++;
            using var answer = await App.Http.SendAsync(operation.With(bad.Body, bad.MediaType));
            var text = await answer.Content.ReadAsStringAsync();
            var isProblem = answer.Content.Headers.ContentType?.MediaType == "application/problem+json";
            var problem = isProblem ? JsonNode.Parse(text) : null;
            if (
                (int)answer.StatusCode != bad.Status
                || (string?)problem?["type"] != $"/problems/{bad.Type}"
                || (bad.Field is not null && problem["errors"]?.AsObject().ContainsKey(bad.Field) != true)
            )
            {
                var start = text[..Math.Min(text.Length, 300)];
                failures.Add($"{bad.Field} ({bad.What}): {(int)answer.StatusCode} {start}");
            }
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(sent, Is.Positive);
            Assert.That(failures, Is.Empty, $"{failures.Count} of {sent}:\n{string.Join('\n', failures)}");
            Assert.That(await SequenceAsync(), Is.EqualTo(before), "Something was written.");
        }
    }

    /// <summary>A body with one thing wrong, and how it is to be refused.</summary>
    private sealed record Bad(string What, byte[]? Body, string? Field = null, string Type = "invalid-request")
    {
        public int Status { get; init; } = 400;

        public string? MediaType { get; init; }
    }
}
