using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Registry.Api.Tests.Support;
using Registry.Infrastructure.Encodings;

namespace Registry.Api.Tests.Importing;

/// <summary>Files in other encodings than UTF-8: read as what they are, or refused; no character is lost without a word.</summary>
public sealed class ReadingEncodings(Engine engine) : RegistryTest(engine)
{
    private const string Basis = "Решение встречи";
    private const string Memberships = "?collection=memberships";

    [TestCase("windows-1251", "text/csv; charset=windows-1251")]
    [TestCase("windows-1251", "text/csv; charset=\"CP1251\"")]
    [TestCase("koi8-r", "text/csv; charset=koi8-r")]
    [TestCase("utf-8", "text/csv; charset=utf-8")]
    [TestCase("utf-16", "text/csv; charset=utf-16")]
    [TestCase("utf-16", "text/csv; charset=utf-16le")]
    [TestCase("utf-16BE", "text/csv; charset=utf-16")]
    [TestCase("utf-16BE", "text/csv; charset=utf-16be")]
    [TestCase("gb18030", "text/csv; charset=gb18030")]
    public async Task A_table_is_read_in_the_encoding_it_is_said_to_be_in(string encoding, string mediaType)
    {
        var import = await ImportAsync(
            TextEncodings.Find(encoding)!.GetBytes(await TableAsync()),
            mediaType,
            Memberships
        );

        Assert.That(Imports.Counts(import), Is.EqualTo("done: 1 0 0 0"), import.ToJsonString());
        Assert.That(await BasisAsync(), Is.EqualTo(Basis));
    }

    [TestCase("utf-8")]
    [TestCase("utf-16")]
    [TestCase("utf-16BE")]
    public async Task A_byte_order_mark_names_the_encoding(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        byte[] file = [.. encoding.GetPreamble(), .. encoding.GetBytes(await TableAsync())];

        var import = await ImportAsync(file, "text/csv", Memberships);

        Assert.That(Imports.Counts(import), Is.EqualTo("done: 1 0 0 0"), import.ToJsonString());
        Assert.That(await BasisAsync(), Is.EqualTo(Basis));
    }

    [TestCase("windows-1251", "windows-1251")]
    [TestCase("koi8-r", "koi8-r")]
    [TestCase("utf-16", "utf-16le")]
    [TestCase("utf-16BE", "utf-16be")]
    [TestCase("gb18030", "gb18030", "关于成员资格的决定")]
    [TestCase("windows-1252", "windows-1252", "Décision de la réunion à Genève")]
    public async Task A_table_that_is_not_UTF_8_is_refused_with_its_place_and_likely_encodings(
        string encoding,
        string likely,
        string basis = Basis
    )
    {
        var import = await ImportAsync(
            TextEncodings.Find(encoding)!.GetBytes(await TableAsync(basis)),
            "text/csv",
            $"{Memberships}&partial=true"
        );

        var detail = (string?)import["problem"]!["detail"];
        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)import["status"], Is.EqualTo("refused"));
            Assert.That((string?)import["problem"]!["type"], Is.EqualTo("/problems/unreadable-request"));
            Assert.That(detail, Does.Contain("line ").And.Contain("column ").And.Contain($"charset={likely}"));
            Assert.That(detail, Does.Contain($"--encoding {likely}"));
        }
    }

    [Test]
    public async Task The_place_is_that_of_the_first_character_at_fault()
    {
        var import = await ImportAsync(
            TextEncodings.Find("windows-1251")!.GetBytes(await TableAsync()),
            "text/csv",
            Memberships
        );

        Assert.That((string?)import["problem"]!["detail"], Does.Contain("line 2, column 28"));
    }

    [Test]
    public async Task A_mark_that_says_otherwise_than_the_caller_is_refused()
    {
        byte[] file = [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(await TableAsync())];

        var import = await ImportAsync(file, "text/csv; charset=windows-1251", Memberships);

        Assert.That(
            (string?)import["problem"]!["detail"],
            Does.Contain("utf-8").And.Contain("windows-1251"),
            import.ToJsonString()
        );
    }

    [TestCase("text/csv; charset=klingon")]
    [TestCase("text/csv; charset=utf-7")]
    [TestCase("application/json; charset=x")]
    public async Task An_encoding_that_is_not_known_is_refused(string mediaType)
    {
        using var answer = await SendAsync("/v1/imports?collection=states", "code\r\n"u8.ToArray(), mediaType);

        var problem = await answer.ProblemAsync(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
        Assert.That((string?)problem["detail"], Does.Contain("encoding"));
    }

    [Test]
    public async Task A_large_table_is_decoded_across_its_blocks()
    {
        await App.EstablishForumAsync("PACT");
        await App.EstablishStateAsync("KAZ");
        var file = new StringBuilder("forum,member.code,standing,from,until,basis\r\n");
        var bases = Enumerable
            .Range(1000, 90)
            .Select(year => $"{string.Concat(Enumerable.Repeat("Ы😀я", 110))}{year}")
            .ToArray();
        foreach (var basis in bases)
        {
            file.Append(
                System.Globalization.CultureInfo.InvariantCulture,
                $"PACT,KAZ,member,{basis[^4..]}-02,{basis[^4..]}-11,{basis}\r\n"
            );
        }

        foreach (var name in new[] { "utf-8", "utf-16" })
        {
            var encoding = Encoding.GetEncoding(name);
            var import = await ImportAsync(
                [.. encoding.GetPreamble(), .. encoding.GetBytes(file.ToString())],
                "text/csv",
                Memberships
            );
            Assert.That((string?)import["status"], Is.EqualTo("done"), import.ToJsonString());
            Assert.That(
                (await App.ReadAsync("/v1/memberships/pact.kaz"))["standings"]!
                    .AsArray()
                    .Select(standing => (string?)standing!["basis"]),
                Is.EqualTo(bases),
                name
            );
            await App.DeleteAsync("/v1/memberships/pact.kaz");
        }
    }

    [TestCase("code,names\r\nKAZ,\"a\0b\"\r\n", "NUL")]
    [TestCase("code,names\r\nKAZ,\"a\uFFFDb\"\r\n", "U+FFFD")]
    public async Task What_no_text_has_is_refused(string file, string told)
    {
        var import = await App.ImportAsync(file, Imports.Csv, "?collection=states");

        Assert.That((string?)import["problem"]!["detail"], Does.Contain(told).And.Contain("line 2"));
    }

    [Test]
    public async Task A_Popolo_document_that_is_not_UTF_8_is_refused_or_read_as_what_it_is_said_to_be()
    {
        var file = Encoding.Latin1.GetBytes("""{"persons":[{"id":"e-one","name":"Zoé Exemplé"}]}""");

        var refused = await ImportAsync(file, Imports.Json);
        var read = await ImportAsync(file, $"{Imports.Json}; charset=windows-1252");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)refused["problem"]!["type"], Is.EqualTo("/problems/unreadable-request"));
            Assert.That((string?)refused["problem"]!["detail"], Does.Contain("line 1").And.Contain("windows-1252"));
            Assert.That(Imports.Counts(read), Is.EqualTo("done: 1 0 0 0"), read.ToJsonString());
            Assert.That((string?)(await App.ReadAsync("/v1/ministers/e-one"))["name"], Is.EqualTo("Zoé Exemplé"));
        }
    }

    [TestCase("""{"persons":[{"id":"e-one","name":"a\ud800b"}]}""")]
    [TestCase("""{"persons":[{"id":"e-\udc00","name":"a"}]}""")]
    [TestCase("""{"persons":[{"\ud800":"e"}]}""")]
    public async Task Half_of_a_surrogate_pair_in_a_Popolo_document_is_refused(string file)
    {
        var import = await App.ImportAsync(file, Imports.Json);

        Assert.That((string?)import["status"], Is.EqualTo("refused"), import.ToJsonString());
        Assert.That((string?)import["problem"]!["type"], Is.EqualTo("/problems/unreadable-request"));
    }

    [Test]
    public async Task A_line_that_is_not_UTF_8_is_refused_alone()
    {
        byte[] file =
        [
            .. Encoding.UTF8.GetBytes(Imports.Minister("jane-doe")),
            .. TextEncodings.Find("windows-1251")!.GetBytes(Line("ivan-doe", "Иван Иванов")),
            .. Encoding.UTF8.GetBytes(Line("joan-doe", "a\\u0000b")),
        ];

        var import = await ImportAsync(file, Imports.NdJson, "?partial=true");

        var rows = await App.RowsAsync(import, "?result=refused");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Imports.Counts(import), Is.EqualTo("done: 1 0 0 2"));
            Assert.That((string?)rows[0]!["problem"]!["detail"], Does.Contain("windows-1251"));
        }
    }

    [Test]
    public async Task Lines_of_JSON_are_read_in_the_encoding_they_are_said_to_be_in()
    {
        var import = await ImportAsync(
            TextEncodings.Find("windows-1251")!.GetBytes(Line("ivan-doe", "Иван Иванов")),
            $"{Imports.NdJson}; charset=windows-1251"
        );

        Assert.That(Imports.Counts(import), Is.EqualTo("done: 1 0 0 0"), import.ToJsonString());
        Assert.That((string?)(await App.ReadAsync("/v1/ministers/ivan-doe"))["name"], Is.EqualTo("Иван Иванов"));
        Assert.That((string?)import["encoding"], Is.EqualTo("windows-1251"));
    }

    private static string Line(string id, string name) =>
        "{\"collection\":\"ministers\",\"record\":{\"id\":\""
        + $"{id}\",\"names\":[{{\"language\":\"ru\",\"text\":\"{name}\"}}]}}}}\n";

    private async Task<string> TableAsync(string basis = Basis)
    {
        await App.EstablishForumAsync("PACT");
        await App.EstablishStateAsync("KAZ");
        return $"forum,member.code,standing,from,basis\r\nPACT,KAZ,member,1992-05-15,{basis}\r\n";
    }

    private async Task<string?> BasisAsync() =>
        (string?)(await App.ReadAsync("/v1/memberships/pact.kaz"))["standings"]![0]!["basis"];

    private async Task<JsonNode> ImportAsync(byte[] file, string mediaType, string query = "")
    {
        using var answer = await SendAsync($"/v1/imports{query}", file, mediaType);
        return await answer.CreatedAsync();
    }

    private async Task<HttpResponseMessage> SendAsync(string address, byte[] body, string mediaType)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(mediaType);
        request.Headers.Add("Prefer", "wait=30");
        return await App.Http.SendAsync(request);
    }
}
