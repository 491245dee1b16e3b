using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Faults;

/// <summary>
/// A client that puts ministers on record, corrects them and takes some off again, one write after the other, and keeps in
/// mind what it was told.
/// </summary>
internal sealed class Writer(int number)
{
    private const int Corrections = 2;

    private int _record = 1;
    private int _version;

    /// <summary>What was answered since the last look.</summary>
    private readonly List<Write> _answered = [];

    /// <summary>What was sent and not answered.</summary>
    private Write? _open;

    /// <summary>How many of its writes are on record.</summary>
    public int Written { get; private set; }

    /// <summary>Every third minister is taken off in the end.</summary>
    private int LastVersion => _record % 3 == 0 ? Corrections + 2 : Corrections + 1;

    /// <summary>Writes until the program is gone or the test has enough.</summary>
    public async Task WriteAsync(HttpClient http, Action answered, CancellationToken enough)
    {
        while (!enough.IsCancellationRequested)
        {
            _open = new($"w{number}-{_record}", _version + 1, $"Writer {number} {_record} {_version + 1}", null);
            try
            {
                using var request = Request(_open);
                using var answer = await http.SendAsync(request, CancellationToken.None);
                var body = await answer.Content.ReadAsStringAsync(CancellationToken.None);
                Assert.That(answer.IsSuccessStatusCode, $"{request.Method} {_open.Id}: {answer.StatusCode} {body}");
                _answered.Add(_open with { Record = answer.StatusCode == HttpStatusCode.NoContent ? null : body });
                Advance();
                _open = null;
                answered();
            }
            catch (HttpRequestException)
            {
                return;
            }
        }
    }

    /// <summary>
    /// What was answered is in the log as it was answered; what was not is there whole or not at all, which is told.
    /// </summary>
    public bool Settle(ChangeLog log)
    {
        foreach (var write in _answered)
        {
            var entry = log.Find(write.Id, write.Version);
            Assert.That(entry, Is.Not.Null, $"{write.Id}, version {write.Version}, was acknowledged and is lost.");
            Assert.That(entry!.Record, Is.EqualTo(write.Record), $"{write.Id}, version {write.Version}");
        }

        Written += _answered.Count;
        _answered.Clear();
        var happened = _open is not null && log.Find(_open.Id, _open.Version) is not null;
        if (happened)
        {
            var record = log.Find(_open!.Id, _open.Version)!.Record;
            Assert.That(
                record is null ? null : JsonDocument.Parse(record).RootElement.GetProperty("name").GetString(),
                Is.EqualTo(IsDeletion(_open) ? null : _open.Name)
            );
            Written++;
            Advance();
        }

        _open = null;
        return happened;
    }

    private static bool IsDeletion(Write write) => write.Version == Corrections + 2;

    private void Advance()
    {
        _version++;
        if (_version == LastVersion)
        {
            (_record, _version) = (_record + 1, 0);
        }
    }

    private static HttpRequestMessage Request(Write write)
    {
        var address = write.Version == 1 ? "/v1/ministers" : $"/v1/ministers/{write.Id}";
        var method =
            write.Version == 1 ? HttpMethod.Post
            : IsDeletion(write) ? HttpMethod.Delete
            : HttpMethod.Patch;
        var request = new HttpRequestMessage(method, address);
        if (write.Version > 1)
        {
            request.Headers.TryAddWithoutValidation("If-Match", $"\"{write.Version - 1}\"");
        }

        if (!IsDeletion(write))
        {
            var names = RegistryApp.TextsOf(write.Name);
            object body = write.Version == 1 ? new { id = write.Id, names } : new { names };
            request.Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(
                write.Version == 1 ? "application/json" : "application/merge-patch+json"
            );
        }

        return request;
    }

    /// <param name="Id">The minister.</param>
    /// <param name="Version">The version that it makes.</param>
    /// <param name="Name">How the minister is called from then on.</param>
    /// <param name="Record">The record in the answer; null where there is no answer or no record.</param>
    private sealed record Write(string Id, int Version, string Name, string? Record);
}
