using System.Text.Json;
using Registry.Api.Formats;
using Registry.Api.Http;
using Registry.Api.Http.Lists;
using Registry.Infrastructure.Meetings;
using Registry.Infrastructure.Records.Models;

namespace Registry.Api.Features.Meetings.Calendar;

/// <summary>Streams a list of meetings as a calendar.</summary>
internal sealed class CalendarAnswer(ListQuery asked, Page first) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (request, response) = (httpContext.Request, httpContext.Response);
        response.Headers.CacheControl = "no-cache";
        response.ContentType = $"{MediaTypes.Calendar}; charset=utf-8";
        response.Headers.ContentDisposition = "attachment; filename=\"meetings.ics\"";
        if (HttpMethods.IsHead(request.Method))
        {
            return;
        }

        var forum = request.RouteValues["forum"] as string ?? request.Query["forum"].ToString();
        var calendar = new MeetingCalendar(
            request,
            forum.Length == 0 ? "Meetings" : $"Meetings of {forum.ToUpperInvariant()}"
        );
        var lines = StreamedText.To(response);
        await WriteAsync(calendar.Begin());
        await foreach (var page in WholeList.PagesAsync(httpContext, asked, first))
        {
            foreach (var item in page.Items)
            {
                await WriteAsync(calendar.Add(JsonSerializer.Deserialize<MeetingModel>(item, RegistryJson.Options)!));
            }

            await lines.FlushAsync(httpContext.RequestAborted);
        }

        await WriteAsync(MeetingCalendar.End());
        await lines.FlushAsync(httpContext.RequestAborted);

        Task WriteAsync(string text) => lines.WriteAsync(text.AsMemory(), httpContext.RequestAborted);
    }
}
