using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Startup;

/// <summary>A server with a certificate.</summary>
public sealed class ServingOverTls
{
    [TestCase("Production", "registry.example", ExpectedResult = "max-age=31536000")]
    [TestCase("Production", "localhost", ExpectedResult = null)]
    [TestCase("Development", "registry.example", ExpectedResult = null)]
    public async Task<string?> Over_tls_a_server_in_operation_asks_to_be_reached_over_tls_only(
        string environment,
        string host
    )
    {
        var certificate = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"{Guid.NewGuid():N}.pfx");
        await File.WriteAllBytesAsync(certificate, Certificate());
        await using var server = RegistryProcess.Run(
            await TestDatabases.TakeAsync(Engine.Sqlite),
            ["--urls", "https://127.0.0.1:0"],
            ("ASPNETCORE_ENVIRONMENT", environment),
            ("Kestrel:Certificates:Default:Path", certificate),
            ("Catalogue:Load", "false")
        );
        using var plain = await server.ServingAsync();
        using var handler = new HttpClientHandler();
#pragma warning disable CA5359 // The certificate is the one above.
        handler.ServerCertificateCustomValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        using var client = new HttpClient(handler);
        client.BaseAddress = plain.BaseAddress;
        client.DefaultRequestHeaders.Host = host;

        using var answer = await client.GetAsync("/health/live");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        File.Delete(certificate);
        return answer.Headers.TryGetValues("Strict-Transport-Security", out var values) ? values.Single() : null;
    }

    private static byte[] Certificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=registry", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(
            DateTimeOffset.UtcNow.AddDays(-1),
            DateTimeOffset.UtcNow.AddDays(1)
        );
        return certificate.Export(X509ContentType.Pfx);
    }
}
