using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;
using Registry.Api.Contract.Examples;
using Registry.Api.Contract.Schemas;
using Registry.Api.Routing;
using Registry.Infrastructure.Records.Models;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Registry.Api.Contract.Operations;

/// <summary>Describes the responses of an operation: success, 304 and errors.</summary>
internal static class OperationResponses
{
    /// <summary>Describes every response of the operation, by status.</summary>
    public static OpenApiResponses Of(OperationShape shape, OperationFilterContext context)
    {
        var responses = new OpenApiResponses();
        var hasPath = context.ApiDescription.RelativePath!.Contains('{', StringComparison.Ordinal);
        if (shape.Kind == OperationKind.List)
        {
            responses["200"] = Page(shape, context);
        }
        else if (shape.Kind == OperationKind.Feed)
        {
            responses["200"] = Feed(shape, context);
        }
        else if (shape.Kind == OperationKind.Stream)
        {
            responses["200"] = new OpenApiResponse
            {
                Description = "The streamed response.",
                Content = new Dictionary<string, IOpenApiMediaType>
                {
                    [shape.MediaTypes[0]] = ResponseContent.Text(shape, 0),
                },
            };
        }
        else if (context.Upload is not null)
        {
            responses["201"] = Started("The import ended while the request waited.", shape, context);
            responses["202"] = Started("The import is accepted and continues.", shape, context);
        }
        else if (shape.Kind is OperationKind.Answer or OperationKind.Act or OperationKind.Ask)
        {
            responses["200"] = shape.Answer!.IsAssignableTo(typeof(RecordModel))
                ? Record("The current record.", shape, context, located: false)
                : new OpenApiResponse
                {
                    Description = "The result.",
                    Headers = TagsOf(shape),
                    Content = ResponseContent.JsonOf(shape, context),
                };
        }
        else if (
            shape.Kind is OperationKind.Get or OperationKind.Correct or OperationKind.Replace or OperationKind.Step
        )
        {
            responses["200"] = Record("The current record.", shape, context, located: false);
        }

        if (shape.Kind is OperationKind.Create or OperationKind.Step or OperationKind.Replace or OperationKind.Restore)
        {
            responses["201"] = Record("The record as it was written.", shape, context, located: true);
        }

        if (shape.Kind == OperationKind.Delete)
        {
            responses["204"] = new OpenApiResponse
            {
                Description = shape.NamesVersion ? "The record is deleted." : "The request is accepted.",
            };
        }

        if (shape.IsTagged)
        {
            responses["304"] = Unchanged("The response is unchanged since the ETag sent in If-None-Match.");
        }

        if (shape.Kind == OperationKind.Feed)
        {
            responses["304"] = Unchanged(
                "With the format atom, the feed is unchanged since the ETag sent in If-None-Match or the time sent in "
                    + "If-Modified-Since."
            );
        }

        if (context.Redirects is { } redirects)
        {
            responses["308"] = new OpenApiResponse
            {
                Description = redirects,
                Headers = new Dictionary<string, IOpenApiHeader> { ["Location"] = Location() },
            };
        }

        foreach (
            var status in ErrorsOf(
                shape,
                hasPath,
                context.NeedsKey,
                context.NeedsKey && !context.AllowsAnonymous,
                context.Upload is not null
            )
        )
        {
            responses[$"{status}"] = new OpenApiResponseReference(DocumentShape.NameOf(status), context.Document);
        }

        return responses;
    }

    private static IEnumerable<int> ErrorsOf(
        OperationShape shape,
        bool hasPath,
        bool needsKey,
        bool isForRoles,
        bool takesFile
    )
    {
        yield return 400;
        if (needsKey)
        {
            yield return 401;
        }

        if (isForRoles)
        {
            yield return 403;
        }

        if (hasPath)
        {
            yield return 404;
        }

        yield return 406;
        if (shape.Kind.IsWrite())
        {
            yield return 409;
        }

        if (hasPath)
        {
            yield return 410;
        }

        if (shape.NamesVersion)
        {
            yield return 412;
        }

        if (
            takesFile
            || shape.Kind == OperationKind.Ask
            || shape.Request.GetProperties().Any(property => property.IsDefined(typeof(FromBodyAttribute)))
        )
        {
            yield return 413;
            yield return 415;
        }

        if (shape.Kind.IsPosted())
        {
            yield return 422;
        }

        if (shape.Kind is OperationKind.Replace or OperationKind.Correct or OperationKind.Delete && shape.NamesVersion)
        {
            yield return 428;
        }

        yield return 429;
        yield return 500;
        yield return 503;

        if (shape.Kind.IsWrite())
        {
            yield return 507;
        }
    }

    private static OpenApiResponse Record(
        string description,
        OperationShape shape,
        OperationFilterContext context,
        bool located
    )
    {
        var headers = new Dictionary<string, IOpenApiHeader> { [HeaderNames.ETag] = Tag() };
        if (located)
        {
            headers["Location"] = Location();
        }

        return new OpenApiResponse
        {
            Description = description,
            Headers = headers,
            Content = ResponseContent.InAllFormats(ResponseContent.JsonOf(shape, context), shape),
        };
    }

    private static OpenApiHeader Location() =>
        new() { Description = "The address of the record.", Schema = PlainSchemas.Text() };

    private static OpenApiResponse Unchanged(string description) =>
        new()
        {
            Description = description,
            Headers = new Dictionary<string, IOpenApiHeader> { [HeaderNames.ETag] = Tag() },
        };

    private static Dictionary<string, IOpenApiHeader> TagsOf(OperationShape shape) =>
        shape.IsTagged ? new() { [HeaderNames.ETag] = Tag() } : [];

    private static OpenApiHeader Tag() =>
        new()
        {
            Description =
                "The version of the record as a strong entity tag; a weak one when the response covers more than one record.",
            Schema = PlainSchemas.Text(),
        };

    private static OpenApiResponse Started(string description, OperationShape shape, OperationFilterContext context) =>
        new()
        {
            Description = description,
            Headers = new Dictionary<string, IOpenApiHeader>
            {
                ["Location"] = new OpenApiHeader
                {
                    Description = "The address of the import, which has its progress.",
                    Schema = PlainSchemas.Text(),
                },
                ["Preference-Applied"] = new OpenApiHeader
                {
                    Description = "wait, when the request asked for it (RFC 7240).",
                    Schema = PlainSchemas.Text(),
                },
            },
            Content = ResponseContent.JsonOf(shape, context),
        };

    private static OpenApiResponse Page(OperationShape shape, OperationFilterContext context) =>
        new()
        {
            Description = "A page of the list.",
            Headers = new Dictionary<string, IOpenApiHeader>(TagsOf(shape))
            {
                ["Link"] = new OpenApiHeader
                {
                    Description = "The next page, as rel=next (RFC 8288); absent on the last one.",
                    Schema = PlainSchemas.Text(),
                },
            },
            Content = ResponseContent.InAllFormats(
                ResponseContent.Json(
                    context.PageOf(shape.Answer!),
                    new JsonObject { ["items"] = new JsonArray(ResponseContent.ExampleOf(shape)) }
                ),
                shape
            ),
        };

    private static OpenApiResponse Feed(OperationShape shape, OperationFilterContext context) =>
        new()
        {
            Description = "A page of changes, in order.",
            Headers = new Dictionary<string, IOpenApiHeader>
            {
                ["Link"] = new OpenApiHeader
                {
                    Description = "The next page, as rel=next (RFC 8288).",
                    Schema = PlainSchemas.Text(),
                },
            },
            Content = ResponseContent.InAllFormats(
                ResponseContent.Json(
                    context.FeedPageOf(shape.Answer!),
                    new JsonObject
                    {
                        ["items"] = new JsonArray(ResponseContent.ExampleOf(shape)),
                        ["next"] = ChangeExamples.Next,
                    }
                ),
                shape
            ),
        };
}
