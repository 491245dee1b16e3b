using System.Net;
using System.Reflection;
using MediatR;
using Registry.Api.Access;
using Registry.Api.Formats;
using Registry.Api.Http;
using Registry.Api.Http.Lists;
using Registry.Api.Http.Requests;
using Registry.Domain.Access;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Mapping;

namespace Registry.Api.Routing;

/// <summary>The request and response of an operation, from which the contract is made.</summary>
/// <param name="Request">The type of the request.</param>
/// <param name="Answer">The type of the record or of the items returned; null for none.</param>
/// <param name="Kind">The kind of the operation.</param>
internal sealed record OperationShape(Type Request, Type? Answer, OperationKind Kind)
{
    /// <summary>The formats of the response; the first one is the default.</summary>
    public IReadOnlyList<ResponseFormat> Formats { get; init; } = [ResponseFormat.Json];

    /// <summary>The collection of a standard operation; null for any other one.</summary>
    public RecordResource? Resource { get; init; }

    /// <summary>The name of the operation: <c>ListForums</c>.</summary>
    public string Name => Resource?.NameOf(Request) ?? Request.Name;

    /// <summary>The media types of the formats.</summary>
    public IReadOnlyList<string> MediaTypes => [.. Formats.Select(form => form.MediaType)];
}

/// <summary>A request with a choice of response formats.</summary>
internal interface IFormatted
{
    /// <summary>The format chosen by the parameter or the header Accept.</summary>
    public ResponseFormat Answered { get; set; }
}

/// <summary>A request that can wait for something to happen.</summary>
internal interface IWaits
{
    /// <summary>The address of the client; null when the connection has none.</summary>
    public IPAddress? Client { get; set; }
}

/// <summary>The format of a list that feed readers can follow.</summary>
public enum FeedFormat
{
    Json,

    /// <summary>An Atom feed (RFC 4287).</summary>
    Atom,
}

internal enum OperationKind
{
    Get,

    /// <summary>Returns a result computed from several records.</summary>
    Answer,
    List,

    /// <summary>Returns changes in order, with the address of the next page.</summary>
    Feed,

    /// <summary>Streams a response.</summary>
    Stream,
    Create,
    Step,

    /// <summary>Restores a deleted record.</summary>
    Restore,
    Replace,
    Correct,
    Delete,

    /// <summary>Carries out an action and returns its result.</summary>
    Act,

    /// <summary>Reads by POST, because the query is too long for an address.</summary>
    Ask,
}

internal static class OperationKinds
{
    /// <summary>True for operations that write, and so need a key.</summary>
    public static bool IsWrite(this OperationKind kind) =>
        kind
            is not (
                OperationKind.Get
                or OperationKind.Answer
                or OperationKind.List
                or OperationKind.Feed
                or OperationKind.Stream
                or OperationKind.Ask
            );

    /// <summary>True for POST operations, which are not idempotent by themselves.</summary>
    public static bool IsPosted(this OperationKind kind) =>
        kind is OperationKind.Create or OperationKind.Step or OperationKind.Restore or OperationKind.Act;
}

/// <summary>
/// Maps operations to routes, each kind in the same way for the whole API. A handler returns a record or a page; this
/// class defines the HTTP response.
/// </summary>
/// <remarks>
/// Requests are read by <see cref="RequestReader"/>, so routes are plain delegates: the framework has no binding to
/// compile for each of them at the start.
/// </remarks>
internal static class Endpoints
{
    public static readonly string[] ReadMethods = [HttpMethods.Get, HttpMethods.Head];

    private static readonly string[] PostMethod = [HttpMethods.Post];
    private static readonly string[] PutMethod = [HttpMethods.Put];
    private static readonly string[] PatchMethod = [HttpMethods.Patch];
    private static readonly string[] DeleteMethod = [HttpMethods.Delete];

    /// <summary>
    /// A placeholder method: the API explorer needs one for each route, and the shape describes the operation.
    /// </summary>
    private static readonly MethodInfo Described = ((Delegate)MediaTypes.RequireJsonAccepted).Method;

    /// <summary>Maps a read of one record.</summary>
    public static void MapRecord<TRequest, TModel>(this IEndpointRouteBuilder routes, RecordResource resource)
        where TRequest : class, IRequest<StoredRecord>, new() =>
        routes.Map<TRequest, StoredRecord>(
            resource.Path,
            ReadMethods,
            new(typeof(TRequest), typeof(TModel), OperationKind.Get)
            {
                Formats = resource.Formats,
                Resource = resource,
            },
            (request, stored) =>
                request is FormattedRead { Answered: { } form } && form != ResponseFormat.Json
                    ? new FormattedAnswer(stored, typeof(TModel), form)
                    : new RecordAnswer(stored)
        );

    public static void MapAnswer<TRequest, TAnswer>(this IEndpointRouteBuilder routes, string pattern)
        where TRequest : class, IRequest<TAnswer>, new()
        where TAnswer : class =>
        routes.Map<TRequest, TAnswer>(
            pattern,
            ReadMethods,
            new(typeof(TRequest), typeof(TAnswer), OperationKind.Answer),
            answer => new ObjectAnswer(answer)
        );

    /// <summary>Maps the same with a response type of its own.</summary>
    public static void MapAnswer<TRequest, TAnswer, TGiven>(
        this IEndpointRouteBuilder routes,
        string pattern,
        Func<TGiven, IResult> answer
    )
        where TRequest : class, IRequest<TGiven>, new() =>
        routes.Map<TRequest, TGiven>(
            pattern,
            ReadMethods,
            new(typeof(TRequest), typeof(TAnswer), OperationKind.Answer),
            answer
        );

    /// <summary>Maps a POST that only reads and needs no key.</summary>
    public static void MapAsk<TRequest, TAnswer>(this IEndpointRouteBuilder routes, string pattern)
        where TRequest : class, IRequest<TAnswer>, new()
        where TAnswer : class => routes.MapAsk<TRequest, TAnswer, TAnswer>(pattern, answer => new ObjectAnswer(answer));

    /// <summary>Maps the same with a response type of its own.</summary>
    public static void MapAsk<TRequest, TAnswer, TGiven>(
        this IEndpointRouteBuilder routes,
        string pattern,
        Func<TGiven, IResult> answer
    )
        where TRequest : class, IRequest<TGiven>, new() =>
        routes
            .Map<TRequest, TGiven>(
                pattern,
                PostMethod,
                new(typeof(TRequest), typeof(TAnswer), OperationKind.Ask),
                answer
            )
            .RequireCors(CrossOrigin.Asking);

    public static void MapList<TRequest, TItem>(
        this IEndpointRouteBuilder routes,
        string pattern,
        RecordResource? resource = null
    )
        where TRequest : ListQuery, IRequest<Page>, new() =>
        routes.Map<TRequest, Page>(
            pattern,
            ReadMethods,
            new(typeof(TRequest), typeof(TItem), OperationKind.List)
            {
                Formats = new TRequest().Formats,
                Resource = resource,
            },
            AnswerTo
        );

    /// <summary>Maps a list of records that is also an Atom feed.</summary>
    public static void MapFeed<TRequest, TItem>(
        this IEndpointRouteBuilder routes,
        string pattern,
        Func<TRequest, Page, IResult> feed
    )
        where TRequest : ListQuery, IRequest<Page>, new() =>
        routes.Map<TRequest, Page>(
            pattern,
            ReadMethods,
            new(typeof(TRequest), typeof(TItem), OperationKind.List) { Formats = new TRequest().Formats },
            (request, page) => request.Answered == ResponseFormat.Atom ? feed(request, page) : AnswerTo(request, page)
        );

    /// <summary>Maps changes, in pages and as an Atom feed.</summary>
    public static void MapFeed<TRequest, TItem, TPage>(
        this IEndpointRouteBuilder routes,
        string pattern,
        OperationKind kind,
        Func<TRequest, TPage, IResult> answer
    )
        where TRequest : class, IRequest<TPage>, new() =>
        routes.Map(
            pattern,
            ReadMethods,
            new(typeof(TRequest), typeof(TItem), kind) { Formats = [ResponseFormat.Json, ResponseFormat.Atom] },
            answer
        );

    /// <summary>Maps a streamed response.</summary>
    public static void MapStream<TRequest, TItem, TStream>(
        this IEndpointRouteBuilder routes,
        string pattern,
        ResponseFormat form,
        Func<TStream, IResult> answer
    )
        where TRequest : class, IRequest<TStream>, new() =>
        routes.Map<TRequest, TStream>(
            pattern,
            ReadMethods,
            new(typeof(TRequest), typeof(TItem), OperationKind.Stream) { Formats = [form] },
            answer
        );

    public static void MapCreate<TRequest, TModel>(
        this IEndpointRouteBuilder routes,
        string pattern,
        Func<StoredRecord, string> location,
        OperationKind kind = OperationKind.Create,
        bool live = false,
        RecordResource? resource = null
    )
        where TRequest : class, IRequest<StoredRecord>, new() =>
        routes
            .Map<TRequest, StoredRecord>(
                pattern,
                PostMethod,
                new(typeof(TRequest), typeof(TModel), kind) { Resource = resource },
                stored =>
                    live ? new LiveAnswer(stored, StatusCodes.Status201Created, location(stored))
                    : stored.Unchanged ? new WrittenAnswer(stored)
                    : new WrittenAnswer(stored, StatusCodes.Status201Created, location(stored))
            )
            .RequireRole(Role.Editor);

    public static void MapReplace<TRequest, TModel>(this IEndpointRouteBuilder routes, RecordResource resource)
        where TRequest : class, IRequest<Written>, new() =>
        routes
            .Map<TRequest, Written>(
                resource.Path,
                PutMethod,
                new(typeof(TRequest), typeof(TModel), OperationKind.Replace) { Resource = resource },
                written =>
                    written.Created
                        ? new WrittenAnswer(
                            written.Stored,
                            StatusCodes.Status201Created,
                            resource.AddressOf(written.Stored)
                        )
                        : new WrittenAnswer(written.Stored)
            )
            .RequireRole(Role.Editor);

    public static void MapCorrect<TRequest, TModel>(
        this IEndpointRouteBuilder routes,
        string pattern,
        RecordResource? resource = null
    )
        where TRequest : class, IRequest<StoredRecord>, new() =>
        routes
            .Map<TRequest, StoredRecord>(
                pattern,
                PatchMethod,
                new(typeof(TRequest), typeof(TModel), OperationKind.Correct) { Resource = resource },
                stored => new WrittenAnswer(stored)
            )
            .RequireRole(Role.Editor);

    public static void MapDelete<TRequest>(
        this IEndpointRouteBuilder routes,
        string pattern,
        RecordResource? resource = null
    )
        where TRequest : class, IRequest, new() =>
        routes
            .Map<TRequest, Unit>(
                pattern,
                DeleteMethod,
                new(typeof(TRequest), null, OperationKind.Delete) { Resource = resource },
                _ => TypedResults.NoContent()
            )
            .RequireRole(Role.Editor);

    /// <summary>Maps the restoration of a deleted record.</summary>
    public static void MapRestore<TRequest, TModel>(this IEndpointRouteBuilder routes, RecordResource resource)
        where TRequest : class, IRequest<StoredRecord>, new() =>
        routes.MapCreate<TRequest, TModel>(
            $"{resource.Path}/restore",
            resource.AddressOf,
            OperationKind.Restore,
            resource: resource
        );

    /// <summary>Maps a read of a record that includes data outside its versions, so that it is never 304.</summary>
    public static void MapLive<TRequest, TModel>(this IEndpointRouteBuilder routes, string pattern)
        where TRequest : class, IRequest<StoredRecord>, new() =>
        routes.Map<TRequest, StoredRecord>(
            pattern,
            ReadMethods,
            new(typeof(TRequest), typeof(TModel), OperationKind.Answer),
            stored => new LiveAnswer(stored)
        );

    /// <summary>Maps a POST action that returns its result.</summary>
    public static void MapAct<TRequest, TAnswer>(this IEndpointRouteBuilder routes, string pattern)
        where TRequest : class, IRequest<TAnswer>, new()
        where TAnswer : class =>
        routes
            .Map<TRequest, TAnswer>(
                pattern,
                PostMethod,
                new(typeof(TRequest), typeof(TAnswer), OperationKind.Act),
                answer => new ObjectAnswer(answer)
            )
            .RequireRole(Role.Editor);

    /// <summary>Maps a POST action that returns the changed record.</summary>
    public static void MapAct<TRequest>(this IEndpointRouteBuilder routes, string pattern, Type document)
        where TRequest : class, IRequest<StoredRecord>, new() =>
        routes
            .Map<TRequest, StoredRecord>(
                pattern,
                PostMethod,
                new(typeof(TRequest), document, OperationKind.Act),
                stored => new LiveAnswer(stored)
            )
            .RequireRole(Role.Editor);

    private static IResult AnswerTo<TRequest>(TRequest request, Page page)
        where TRequest : ListQuery, IRequest<Page> =>
        request.Answered.AnswerList is { } answer ? answer(request, page)
        : request.Answered.IsWhole ? new WholeListAnswer(request, page)
        : request is RecordListQuery { Expand: { } expand }
            ? new ExpandedAnswer(page, request, Expansions.NamesIn(request.Item!, expand, page.Items))
        : new PageAnswer(request.Chosen(page));

    private static IEndpointConventionBuilder Map<TRequest, TAnswer>(
        this IEndpointRouteBuilder routes,
        string pattern,
        string[] methods,
        OperationShape shape,
        Func<TAnswer, IResult> answer
    )
        where TRequest : class, IRequest<TAnswer>, new() =>
        routes.Map<TRequest, TAnswer>(pattern, methods, shape, (_, given) => answer(given));

    private static IEndpointConventionBuilder Map<TRequest, TAnswer>(
        this IEndpointRouteBuilder routes,
        string pattern,
        string[] methods,
        OperationShape shape,
        Func<TRequest, TAnswer, IResult> answer
    )
        where TRequest : class, IRequest<TAnswer>, new() =>
        routes
            .MapMethods(pattern, methods, new Operation<TRequest, TAnswer>(shape, answer).ServeAsync)
            .WithMetadata(shape, Described);
}
