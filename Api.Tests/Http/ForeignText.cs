using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Http;

/// <summary>Text that is not UTF-8 is refused wherever it comes in.</summary>
public sealed class ForeignText(Engine engine) : RegistryTest(engine)
{
    private static readonly byte[] Latin1 = Encoding.Latin1.GetBytes(
        """{"title":"Journal de Genève","kind":"press","reliability":"low"}"""
    );

    [Test]
    public async Task A_body_that_is_not_UTF_8_is_refused_with_its_place()
    {
        using var answer = await SendAsync(HttpMethod.Post, Latin1, "application/json");

        var problem = await answer.ProblemAsync(HttpStatusCode.BadRequest, "unreadable-request");
        Assert.That((string?)problem["detail"], Does.Contain("line 1, byte 25"));
    }

    [TestCase("application/json; charset=iso-8859-1")]
    [TestCase("application/json; charset=utf-16")]
    public async Task A_body_in_another_encoding_is_not_taken(string mediaType)
    {
        using var answer = await SendAsync(HttpMethod.Post, Latin1, mediaType);

        await answer.ProblemAsync(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
    }

    [TestCase("\"a\\ud800b\"")]
    [TestCase("\"a\\u0000b\"")]
    [TestCase("\"a\uFFFDb\"")]
    public async Task What_no_text_has_is_refused(string title)
    {
        using var answer = await SendAsync(
            HttpMethod.Post,
            Encoding.UTF8.GetBytes($$"""{"title":{{title}},"kind":"press","reliability":"low"}"""),
            "application/json"
        );

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((await App.ReadAsync("/v1/sources"))["items"]!.AsArray(), Is.Empty);
    }

    [Test]
    public async Task A_body_may_begin_with_the_mark_of_UTF_8()
    {
        using var answer = await SendAsync(
            HttpMethod.Post,
            [.. Encoding.UTF8.Preamble, .. """{"title":"Journal de Genève","kind":"press","reliability":"low"}"""u8],
            "application/json"
        );

        Assert.That((string?)(await answer.CreatedAsync())["title"], Is.EqualTo("Journal de Genève"));
    }

    [TestCase("/v1/states?q=%E0", "q")]
    [TestCase("/v1/search?q=%C3%28", "q")]
    [TestCase("/v1/search?q=a&q%E0=b", "?")]
    [TestCase("/v1/search?q=%ED%A0%80", "q")]
    public async Task A_parameter_that_is_not_UTF_8_is_refused(string address, string field)
    {
        using var answer = await App.Http.GetAsync(address);

        Assert.That(await answer.FieldsAtFaultAsync(), Does.Contain(field));
    }

    [TestCase("queries=%E0")]
    [TestCase("queries=\u00E0")]
    public async Task A_form_that_is_not_UTF_8_is_refused(string form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/reconcile")
        {
            Content = new ByteArrayContent(Encoding.Latin1.GetBytes(form)),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");

        using var answer = await App.Http.SendAsync(request);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, byte[] body, string mediaType)
    {
        using var request = new HttpRequestMessage(method, "/v1/sources") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(mediaType);
        return await App.Http.SendAsync(request);
    }
}
