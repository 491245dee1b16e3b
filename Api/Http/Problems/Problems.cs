using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Registry.Api.Http.Bodies;
using Registry.Api.Http.Caching;
using Registry.Domain;
using Registry.Infrastructure.Engine;
using Registry.Infrastructure.Merging;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.States;

namespace Registry.Api.Http.Problems;

/// <summary>The body of an error response: problem details (RFC 9457).</summary>
public sealed record Problem
{
    /// <summary>The problem type: a path under /problems/ that explains it.</summary>
    public required string Type { get; init; }

    /// <summary>The title of the problem type.</summary>
    public required string Title { get; init; }

    /// <summary>The HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>The detail of this occurrence.</summary>
    public string? Detail { get; init; }

    /// <summary>The errors of each invalid field, by its path in the body or the name of the parameter.</summary>
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    /// <summary>The ETag of the current version for If-Match, when the request named no version.</summary>
    public string? CurrentETag { get; init; }

    /// <summary>The id of this response in the server log.</summary>
    [Always]
    public string? TraceId { get; init; }
}

/// <summary>
/// Maps refusals to problem details, and is the only place that does. Any other exception is a defect: 500, logged,
/// without details in the response.
/// </summary>
internal sealed class RefusalHandler(Merges merges, StateReads states, ILogger<RefusalHandler> log) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(
        HttpContext context,
        Exception exception,
        CancellationToken cancellationToken
    )
    {
        if (context.RequestAborted.IsCancellationRequested)
        {
            // The client has disconnected.
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }

        exception = FullDisk.In(exception) ?? exception;
        try
        {
            var leads = exception switch
            {
                GoneException gone => await LeadOnAsync(context, gone),
                NotFoundException unknown => await LeadToStateAsync(context, unknown),
                _ => false,
            };
            if (!leads)
            {
                await WriteAsync(context, exception);
            }
        }
        catch (BusyException busy)
        {
            // The database is unavailable, so that a redirect cannot be looked up.
            await WriteAsync(context, busy);
        }

        return true;
    }

    /// <summary>Redirects to the record into which the requested one was merged, for any method.</summary>
    private async Task<bool> LeadOnAsync(HttpContext context, GoneException gone)
    {
        var path = context.Request.Path.Value!.Split('/');
        var place = Array.FindIndex(path, step => step.Equals(gone.Key, StringComparison.OrdinalIgnoreCase));
        if (place < 0 || await merges.SuccessorAsync(gone.Kind, gone.Key, context.RequestAborted) is not { } successor)
        {
            return false;
        }

        path[place] = successor;
        Lead(context, path);
        return true;
    }

    /// <summary>Redirects to a state from another of its codes, such as KZ or 398.</summary>
    private async Task<bool> LeadToStateAsync(HttpContext context, NotFoundException unknown)
    {
        var path = context.Request.Path.Value!.Split('/');
        if (
            path is not ["", "v1", "states", var key, ..]
            || !key.Equals(unknown.Key, StringComparison.OrdinalIgnoreCase)
            || await states.CodeOfAsync(key, context.RequestAborted) is not { } code
            // The code is the id of the state itself: it is the version that does not exist, or the state at the instant.
            || code.Equals(key, StringComparison.OrdinalIgnoreCase)
        )
        {
            return false;
        }

        path[3] = code;
        Lead(context, path);
        return true;
    }

    private static void Lead(HttpContext context, string[] path)
    {
        context.Response.StatusCode = StatusCodes.Status308PermanentRedirect;
        context.Response.Headers.Location =
            $"{context.Request.PathBase}{string.Join('/', path)}{context.Request.QueryString}";
    }

    private Task WriteAsync(HttpContext context, Exception exception)
    {
        switch (exception)
        {
            case InvalidRequestException invalid:
                return context.RefuseAsync(ProblemTypes.Of("invalid-request"), null, invalid.Errors);
            case BusyException busy:
                log.LogWarning(busy.Cause, "The database cannot serve: {Reason}", busy.Message);
                context.Response.Headers.RetryAfter = busy.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
                return context.RefuseAsync(ProblemTypes.Of(busy.Code), busy.Message);
            case RetryLaterException later:
                return context.RefuseAsync(later);
            case RegistryException refusal:
                return context.RefuseAsync(refusal);
            case UnsupportedMediaTypeException unsupported:
                context.Response.Headers[unsupported.IsPatch ? "Accept-Patch" : "Accept"] = unsupported.Accepted;
                return context.RefuseAsync(ProblemTypes.Of("unsupported-media-type"), unsupported.Message);
            case UnsupportedCodingException coded:
                context.Response.Headers.AcceptEncoding = ContentCodings.Accepted;
                return context.RefuseAsync(ProblemTypes.Of("unsupported-media-type"), coded.Message);
            case NotAcceptableException notAcceptable:
                return context.RefuseAsync(ProblemTypes.Of("not-acceptable"), notAcceptable.Message);
            case BadHttpRequestException unreadable:
                return context.RefuseAsync(
                    ProblemTypes.OfStatus(unreadable.StatusCode) switch
                    {
                        { Status: 400 } => ProblemTypes.Of("unreadable-request"),
                        var type => type,
                    },
                    unreadable.Message
                );
            default:
                log.LogError(exception, "A defect at {Method} {Path}", context.Request.Method, context.Request.Path);
                return context.RefuseAsync(ProblemTypes.Of("internal-error"), null);
        }
    }
}

internal static class ProblemAnswers
{
    private static readonly JsonSerializerOptions Options = RegistryJson.Options;

    private static readonly object PresentVersion = new();

    /// <summary>Writes problem details, whatever the header Accept says: a refusal has no other format.</summary>
    public static Task RefuseAsync(
        this HttpContext context,
        ProblemType type,
        string? detail,
        IReadOnlyDictionary<string, string[]>? errors = null,
        string? currentETag = null
    )
    {
        context.Features.Set(type);
        RefusalMeasures.Count(type);
        context.Response.StatusCode = type.Status;
        context.Response.ContentType = MediaTypes.Problem;
        context.Response.Headers.CacheControl = "no-store";
        var problem = new Problem
        {
            Type = $"{context.Request.PathBase}{type.Address}",
            Title = type.Title,
            Status = type.Status,
            Detail = detail,
            Errors = errors,
            CurrentETag = currentETag,
            TraceId = Activity.Current?.Id ?? context.TraceIdentifier,
        };
        return context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(problem, Options)).AsTask();
    }

    /// <summary>Writes the problem details of a refusal for the time being.</summary>
    public static Task RefuseAsync(this HttpContext context, RetryLaterException refusal)
    {
        context.Response.Headers.RetryAfter = refusal.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        return context.RefuseAsync(ProblemTypes.Of(refusal.Code), refusal.Message);
    }

    /// <summary>Writes the problem details of a refusal.</summary>
    public static Task RefuseAsync(this HttpContext context, RegistryException refusal)
    {
        var present = refusal is VersionUnsaidException unsaid ? Conditions.TagOf(unsaid.Version).ToString() : null;
        context.Items[PresentVersion] = present;
        return context.RefuseAsync(
            ProblemTypes.Of(refusal.Code),
            refusal.Message,
            refusal is IllegalValueException illegal
                ? new Dictionary<string, string[]> { [illegal.Field] = [illegal.Message] }
                : null,
            present
        );
    }

    /// <summary>
    /// Sets ETag to the current version when a request names none. The exception handler removes ETag when a response
    /// starts; callbacks registered earlier run after it.
    /// </summary>
    public static IApplicationBuilder UsePresentVersions(this IApplicationBuilder app) =>
        app.Use(
            (context, next) =>
            {
                if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
                {
                    context.Response.OnStarting(() =>
                    {
                        if (context.Items[PresentVersion] is string present)
                        {
                            context.Response.Headers.ETag = present;
                        }

                        return Task.CompletedTask;
                    });
                }

                return next(context);
            }
        );

    /// <summary>Writes problem details for statuses that routing and authentication leave without a body.</summary>
    public static IApplicationBuilder UseProblemBodies(this IApplicationBuilder app) =>
        app.UseStatusCodePages(pages =>
            pages.HttpContext.RefuseAsync(ProblemTypes.OfStatus(pages.HttpContext.Response.StatusCode), null)
        );
}
