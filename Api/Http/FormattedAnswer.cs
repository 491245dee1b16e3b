using System.Text;
using System.Text.Json;
using Microsoft.Net.Http.Headers;
using Registry.Infrastructure.Meetings;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Documents;

namespace Registry.Api.Http;

/// <summary>
/// Writes a record in a format other than JSON. Its weak entity tag is valid for reads, never for writes.
/// </summary>
internal sealed class FormattedAnswer(StoredRecord stored, Type document, Form form) : IRendered
{
    public async Task ExecuteAsync(HttpContext httpContext) =>
        await (await RenderAsync(httpContext)).WriteAsync(httpContext);

    public ValueTask<Rendered> RenderAsync(HttpContext context) =>
        new(
            new Rendered(
                Encoding.UTF8.GetBytes(Text(context.Request)),
                form == Form.Calendar ? $"{MediaTypes.Calendar}; charset=utf-8" : form.MediaType
            )
            {
                Tag = new EntityTagHeaderValue(
                    form == Form.Calendar
                        ? $"\"{stored.Version}-{form.Name}.{MeetingCalendar.Revision}{Language}\""
                        : $"\"{stored.Version}-{form.Name}{Language}\"",
                    isWeak: true
                ),
                Record = stored.Standing,
            }
        );

    private string Language => stored.Languages is { } languages ? $"-{languages}" : "";

    private string Text(HttpRequest request)
    {
        if (form == Form.Calendar)
        {
            var meeting = JsonSerializer.Deserialize<MeetingDocument>(stored.Record, RegistryJson.Options)!;
            var calendar = new MeetingCalendar(request, meeting.Name!);
            return string.Concat(calendar.Begin(), calendar.Add(meeting), MeetingCalendar.End());
        }

        var address = Addresses.Origin(request);
        return Popolo
            .Document(address, Popolo.Nodes(address, document, stored.Record))
            .ToJsonString(RegistryJson.Options);
    }
}
