using Registry.Api.Tests.Support;
using Registry.Domain;

namespace Registry.Api.Tests;

public sealed class WebLinks
{
    private const string Url = "https://example.org/a?b=c#d";

    private static readonly string Checksum = string.Concat(Enumerable.Repeat("0123456789abcdef", 4));

    [TestCase(Url)]
    [TestCase("http://example.org")]
    [TestCase("HTTPS://EXAMPLE.ORG/")]
    public void A_link_leads_to_the_web(string url)
    {
        Assert.That(new WebLink(url).Url, Is.EqualTo(url));
    }

    [TestCase("")]
    [TestCase("  ")]
    [TestCase("example.org")]
    [TestCase("/a")]
    [TestCase("//example.org/a")]
    [TestCase("ftp://example.org/a")]
    [TestCase("file:///etc/passwd")]
    [TestCase("javascript:alert(1)")]
    [TestCase("mailto:a@example.org")]
    [TestCase("https://")]
    public void A_link_leads_nowhere_else(string url)
    {
        Assert.That(() => new WebLink(url), Refused.At("url"));
    }

    [Test]
    public void An_address_and_a_title_have_their_bounds()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => new WebLink(Url + new string('d', WebLink.MaxUrlLength)), Refused.At("url"));
            Assert.That(() => new WebLink(Url, new string('t', WebLink.MaxTitleLength)), Throws.Nothing);
            Assert.That(() => new WebLink(Url, new string('t', WebLink.MaxTitleLength + 1)), Refused.At("title"));
            Assert.That(() => new WebLink(Url, " "), Refused.At("title"));
        }
    }

    [TestCase("application/pdf")]
    [TestCase("image/svg+xml")]
    [TestCase("application/vnd.openxmlformats-officedocument.wordprocessingml.document")]
    public void A_media_type_is_read(string mediaType)
    {
        Assert.That(new WebLink(Url, mediaType: mediaType).MediaType, Is.EqualTo(mediaType));
    }

    [TestCase("")]
    [TestCase("pdf")]
    [TestCase("Application/PDF")]
    [TestCase("application/pdf; charset=utf-8")]
    [TestCase("application/pdf\n")]
    [TestCase("*/*")]
    public void Anything_else_is_no_media_type(string mediaType)
    {
        Assert.That(() => new WebLink(Url, mediaType: mediaType), Refused.At("mediaType"));
    }

    [Test]
    public void A_checksum_has_64_small_digits()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(new WebLink(Url, sha256: Checksum).Sha256, Is.EqualTo(Checksum));
            foreach (
                var other in new[] { "", Checksum[1..], Checksum + "0", Checksum.ToUpperInvariant(), Checksum + "\n" }
            )
            {
                Assert.That(() => new WebLink(Url, sha256: other), Refused.At("sha256"), other);
            }
        }
    }
}
