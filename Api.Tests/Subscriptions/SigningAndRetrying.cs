using System.Security.Cryptography;
using System.Text;
using Registry.Api.Tests.Support;
using Registry.Domain.Subscriptions;
using Registry.Infrastructure.Access;
using Registry.Infrastructure.Subscriptions;

namespace Registry.Api.Tests.Subscriptions;

public sealed class SigningAndRetrying
{
    private static readonly DateTimeOffset Noon = new(2026, 6, 30, 12, 0, 0, TimeSpan.Zero);

    private static readonly RetryPlan Plan = new DeliverySettings().Retries;

    [Test]
    public void A_signature_is_that_of_the_convention()
    {
        // The example of the libraries of Standard Webhooks.
        var secret = SigningSecret.Parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

        var signature = secret.Sign(
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            DateTimeOffset.FromUnixTimeSeconds(1614265330),
            Encoding.UTF8.GetBytes("""{"test": 2432232314}""")
        );

        Assert.That(signature, Is.EqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="));
    }

    [TestCase(24)]
    [TestCase(32)]
    [TestCase(64)]
    public void A_secret_has_24_to_64_bytes(int bytes)
    {
        var text = $"whsec_{Convert.ToBase64String(RandomNumberGenerator.GetBytes(bytes))}";

        Assert.That(SigningSecret.Parse(text).Reveal(), Is.EqualTo(text));
        Assert.That(text, Does.Match(SigningSecret.Pattern));
    }

    [TestCase(0)]
    [TestCase(23)]
    [TestCase(65)]
    [TestCase(100)]
    public void Another_length_is_none(int bytes) =>
        Assert.That(
            () => SigningSecret.Parse($"whsec_{Convert.ToBase64String(new byte[bytes])}"),
            Refused.At("secret")
        );

    [TestCase("")]
    [TestCase("whsec_")]
    [TestCase("whsec_ with blanks that are no base64 at all")]
    [TestCase("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    public void Another_shape_is_none(string text) =>
        Assert.That(() => SigningSecret.Parse(text), Refused.At("secret"));

    [Test]
    public void A_secret_does_not_show_itself()
    {
        var secret = SigningSecret.New();

        Assert.That($"{secret}", Is.EqualTo("whsec_…"));
    }

    [Test]
    public void A_secret_is_kept_so_that_the_key_alone_opens_it()
    {
        var secret = SigningSecret.New();
        var (key, another) = (RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(32));
        var safe = new SecretSafe(() => [key]);
        var other = new SecretSafe(() => [another]);
        var none = new SecretSafe(() => []);
        var rotated = new SecretSafe(() => [another, key]);

        var kept = safe.Close(secret);

        Assert.That(kept, Does.Not.Contain(secret.Reveal()["whsec_".Length..]));
        Assert.That(safe.Open(kept).Reveal(), Is.EqualTo(secret.Reveal()));
        Assert.That(() => other.Open(kept), Throws.InstanceOf<CryptographicException>());
        Assert.That(() => none.Open(kept), Throws.InstanceOf<CryptographicException>());
        Assert.That(rotated.Open(kept).Reveal(), Is.EqualTo(secret.Reveal()));
        Assert.That(() => safe.Open(rotated.Close(secret)), Throws.InstanceOf<CryptographicException>());
        Assert.That(safe.Open(none.Close(secret)).Reveal(), Is.EqualTo(secret.Reveal()));
    }

    [TestCase(1, 5)]
    [TestCase(2, 30)]
    [TestCase(3, 120)]
    [TestCase(9, 28800)]
    [TestCase(10, 28800)]
    public void Pauses_grow(int failures, int seconds) =>
        Assert.That(Plan.Next(failures, Noon, Noon, 0.5), Is.EqualTo(Noon.AddSeconds(seconds)));

    [TestCase(0, 90)]
    [TestCase(0.999999, 110)]
    public void A_pause_differs_from_the_plan_by_a_tenth_at_most(double chance, int percent) =>
        Assert.That(
            Plan.Next(2, Noon, Noon, chance),
            Is.EqualTo(Noon.AddSeconds(30 * percent / 100.0)).Within(TimeSpan.FromMilliseconds(1))
        );

    [Test]
    public void The_last_attempt_is_made_at_the_end_of_the_day()
    {
        Assert.That(Plan.Next(10, Noon, Noon.AddHours(23.7), 0.5), Is.EqualTo(Noon.AddDays(1)));
        Assert.That(Plan.Next(11, Noon, Noon.AddDays(1), 0.5), Is.Null);
    }
}
