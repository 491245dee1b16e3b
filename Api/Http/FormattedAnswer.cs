using System.Text;
using System.Text.Json;
using Microsoft.Net.Http.Headers;
using Registry.Infrastructure;
using Registry.Infrastructure.Database;
using Registry.Infrastructure.Meetings;

namespace Registry.Api.Http;

/// <summary>A record in another form than its own. Its weak entity tag is good for reading again, never for a change.</summary>
internal sealed class FormattedAnswer(StoredRecord stored, Type document, Form form) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var (request, response) = (httpContext.Request, httpContext.Response);
        var tag = new EntityTagHeaderValue($"\"{stored.Version}-{form.Name}\"", isWeak: true);
        response.Headers.ETag = tag.ToString();
        response.Headers.CacheControl = "no-cache";
        if (Conditions.Holds(request, tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        var body = Encoding.UTF8.GetBytes(Text(request));
        response.ContentType = form == Form.Calendar ? $"{MediaTypes.Calendar}; charset=utf-8" : form.MediaType;
        response.ContentLength = body.Length;
        return RecordAnswer.IsHead(request) ? Task.CompletedTask : response.Body.WriteAsync(body).AsTask();
    }

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
