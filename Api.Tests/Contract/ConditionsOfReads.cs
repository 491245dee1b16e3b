using System.Net;
using System.Text.RegularExpressions;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Contract;

/// <summary>A condition is considered only when the response without it is a success (RFC 9110, 13.2.1).</summary>
public sealed partial class ConditionsOfReads(Engine engine) : CatalogueTest(engine)
{
    /// <summary>Each makes a request fail: while it is read, while it is validated, or while it is answered.</summary>
    private static readonly string[] Faults =
    [
        "nope=1",
        "limit=0",
        "limit=x",
        "cursor=broken",
        "on=yesterday",
        "sort=nope",
        "fields=nope",
        "expand=nope",
        "knownAt=2999-01-01T00:00:00Z",
        "version=999",
        "lang=x",
        "format=nope",
        "forum=NOWHERE",
        "country=ZZZ",
    ];

    private IReadOnlyList<Operation> _reads = [];
    private string _listTag = "";

    [OneTimeSetUp]
    public async Task The_reads()
    {
        _reads = [.. Operation.Of(await App.ReadAsync("/openapi/v1.json")).Where(operation => operation.IsRead)];
        using var list = await App.GetAsync("/v1/states");
        _listTag = list.Headers.ETag!.ToString();
    }

    [Test]
    public async Task No_condition_hides_that_a_record_does_not_exist()
    {
        var paths = _reads
            .Select(read => Parameter().Replace(read.Pattern, "nowhere"))
            .Where(path => path.Contains("nowhere", StringComparison.Ordinal))
            .ToArray();

        Assert.That(paths, Has.Length.GreaterThan(30));
        await AllAsPlainAsync(paths);
    }

    [Test]
    public async Task No_condition_hides_that_a_request_is_invalid() =>
        await AllAsPlainAsync([
            .. from read in _reads where !read.IsStream from fault in Faults select read.With(fault),
        ]);

    [Test]
    public async Task A_success_is_not_sent_to_a_client_that_has_any_response()
    {
        using var request = With("/v1/forums/CICA/members", "*");
        using var answer = await App.Http.SendAsync(request);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
        Assert.That(answer.Headers.ETag, Is.Not.Null);
    }

    [TestCase("/v1/states")]
    [TestCase("/v1/states?format=csv")]
    public async Task The_tag_of_a_list_is_that_of_its_address(string path)
    {
        using var list = await App.GetAsync(path);
        using var again = await App.Http.SendAsync(With(path, list.Headers.ETag!.ToString()));
        using var other = await App.Http.SendAsync(With("/v1/states?region=asia", list.Headers.ETag.ToString()));

        Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
        Assert.That(other.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    private async Task AllAsPlainAsync(IReadOnlyCollection<string> paths)
    {
        var differing = new List<string>();
        foreach (var path in paths)
        {
            using var plain = await App.GetAsync(path);
            if (plain.IsSuccessStatusCode)
            {
                continue;
            }

            foreach (var condition in new[] { "*", _listTag, $"\"1\", {_listTag}" })
            {
                using var request = With(path, condition);
                using var answer = await App.Http.SendAsync(request);
                if (answer.StatusCode != plain.StatusCode || answer.Headers.ETag is not null)
                {
                    differing.Add($"{path} {condition}: {(int)answer.StatusCode}, {(int)plain.StatusCode} without it");
                }
            }
        }

        Assert.That(differing, Is.Empty, string.Join('\n', differing));
    }

    private static HttpRequestMessage With(string path, string condition)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("If-None-Match", condition);
        return request;
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}
