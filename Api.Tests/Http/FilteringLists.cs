using Registry.Api.Tests.Contract;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Http;

/// <summary>Filters that could find nothing are refused, and it is said why.</summary>
public sealed class FilteringLists(Engine engine) : CatalogueTest(engine)
{
    [TestCase("!CICA")]
    [TestCase("-CICA")]
    [TestCase("*")]
    [TestCase("CICA|CSTO")]
    [TestCase("%2BCICA")]
    public async Task What_cannot_be_a_code_or_an_id_is_refused(string text)
    {
        var filters = 0;
        foreach (var list in Operation.Of(await App.ReadAsync("/openapi/v1.json")).Where(operation => operation.IsList))
        {
            foreach (var (name, parameter) in list.Parameters("query"))
            {
                var schema = parameter["schema"]!;
                if ((schema["items"] ?? schema)["pattern"] is null || name is "on" or "from" or "until")
                {
                    continue;
                }

                filters++;
                using var answer = await App.GetAsync(list.With($"{name}={text}"));
                Assert.That(await answer.FieldsAtFaultAsync(), Does.Contain(name), $"{list} {name}");
            }
        }

        Assert.That(filters, Is.AtLeast(40));
    }

    [TestCase("/v1/memberships?forum=!CICA", "forum", "exclude")]
    [TestCase("/v1/memberships?forum=CICA,!CSTO", "forum", "exclude")]
    [TestCase("/v1/posts?state=!KAZ", "state", "exclude")]
    [TestCase("/v1/holders?forum=CICA&kind=foreign-minister", "kind", "memberOf=CICA")]
    [TestCase("/v1/holders?body=CICA/secretariat&kind=head-of-state", "kind", "memberOf=CICA")]
    [TestCase("/v1/holders?state=KAZ&forum=CICA", "forum", "never to both")]
    [TestCase("/v1/posts?state=KAZ&body=CICA/secretariat", "body", "never to both")]
    [TestCase("/v1/posts?forum=CICA&kind=foreign-minister", "kind", "state")]
    [TestCase("/v1/posts?body=secretariat", "body", "CICA/secretariat")]
    [TestCase("/v1/claims?source=!x", "source", "exclude")]
    [TestCase("/v1/sources/cica-members/citations?collection=planets", "collection", "forums")]
    public async Task A_filter_that_finds_nothing_says_so(string path, string field, string hint)
    {
        using var answer = await App.GetAsync(path);

        var problem = await answer.ProblemAsync(System.Net.HttpStatusCode.BadRequest, "invalid-request");
        Assert.That((string?)problem["errors"]![field]?[0], Does.Contain(hint), problem.ToString());
    }

    [TestCase("/v1/memberships?forum=cica", "/v1/memberships?forum=CICA")]
    [TestCase("/v1/meetings?forum=cica", "/v1/meetings?forum=CICA")]
    [TestCase("/v1/documents?forum=cica,un", "/v1/documents?forum=CICA,UN")]
    [TestCase("/v1/outcomes?forum=cica&body=summit", "/v1/outcomes?forum=CICA&body=summit")]
    [TestCase("/v1/follow-ups?forum=cica", "/v1/follow-ups?forum=CICA")]
    [TestCase("/v1/holders?state=kaz", "/v1/holders?state=KAZ")]
    [TestCase("/v1/posts?forum=cica", "/v1/posts?forum=CICA")]
    public async Task Codes_are_taken_in_small_letters_too(string small, string capitals)
    {
        var found = await App.ReadAsync($"{small}&count=true");

        Assert.That((int)found["total"]!, Is.EqualTo((int)(await App.ReadAsync($"{capitals}&count=true"))["total"]!));
        Assert.That((int)found["total"]!, Is.Positive);
    }
}
