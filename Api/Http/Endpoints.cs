using System.Reflection;
using MediatR;
using Registry.Infrastructure.Database;

namespace Registry.Api.Http;

/// <summary>What an operation takes and gives; the contract is made from it.</summary>
/// <param name="Request">The request it reads.</param>
/// <param name="Answer">The type of the record or of the items it gives; null where it gives nothing.</param>
/// <param name="Kind">What it does.</param>
internal sealed record OperationShape(Type Request, Type? Answer, OperationKind Kind);

internal enum OperationKind
{
    Get,
    List,
    Create,
    Step,
    Replace,
    Correct,
    Delete,
}

/// <summary>
/// The seven things that can be done to a collection, each in the one way the whole API does it. A handler answers
/// with a record or a page; what that is in HTTP is said here.
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

    /// <summary>What the contract is made from looks for a method behind each route; the shape says the rest.</summary>
    private static readonly MethodInfo Described = ((Delegate)MediaTypes.RequireJsonAccepted).Method;

    public static void MapRecord<TRequest, TDocument>(this IEndpointRouteBuilder routes, string pattern)
        where TRequest : class, IRequest<StoredRecord>, new() =>
        routes.Map<TRequest, StoredRecord>(
            pattern,
            ReadMethods,
            new(typeof(TRequest), typeof(TDocument), OperationKind.Get),
            stored => new RecordAnswer(stored)
        );

    public static void MapList<TRequest, TItem>(this IEndpointRouteBuilder routes, string pattern)
        where TRequest : ListQuery, IRequest<Page>, new() =>
        routes.Map<TRequest, Page>(
            pattern,
            ReadMethods,
            new(typeof(TRequest), typeof(TItem), OperationKind.List),
            page => new PageAnswer(page)
        );

    public static void MapCreate<TRequest, TDocument>(
        this IEndpointRouteBuilder routes,
        string pattern,
        Func<StoredRecord, string> location,
        OperationKind kind = OperationKind.Create
    )
        where TRequest : class, IRequest<StoredRecord>, new() =>
        routes
            .Map<TRequest, StoredRecord>(
                pattern,
                PostMethod,
                new(typeof(TRequest), typeof(TDocument), kind),
                stored => new RecordAnswer(stored, StatusCodes.Status201Created, location(stored))
            )
            .RequireAuthorization();

    public static void MapReplace<TRequest, TDocument>(
        this IEndpointRouteBuilder routes,
        string pattern,
        Func<StoredRecord, string> location
    )
        where TRequest : class, IRequest<Written>, new() =>
        routes
            .Map<TRequest, Written>(
                pattern,
                PutMethod,
                new(typeof(TRequest), typeof(TDocument), OperationKind.Replace),
                written =>
                    written.Created
                        ? new RecordAnswer(written.Stored, StatusCodes.Status201Created, location(written.Stored))
                        : new RecordAnswer(written.Stored)
            )
            .RequireAuthorization();

    public static void MapCorrect<TRequest, TDocument>(this IEndpointRouteBuilder routes, string pattern)
        where TRequest : class, IRequest<StoredRecord>, new() =>
        routes
            .Map<TRequest, StoredRecord>(
                pattern,
                PatchMethod,
                new(typeof(TRequest), typeof(TDocument), OperationKind.Correct),
                stored => new RecordAnswer(stored)
            )
            .RequireAuthorization();

    public static void MapDelete<TRequest>(this IEndpointRouteBuilder routes, string pattern)
        where TRequest : class, IRequest, new() =>
        routes
            .Map<TRequest, Unit>(
                pattern,
                DeleteMethod,
                new(typeof(TRequest), null, OperationKind.Delete),
                _ => TypedResults.NoContent()
            )
            .RequireAuthorization();

    private static IEndpointConventionBuilder Map<TRequest, TAnswer>(
        this IEndpointRouteBuilder routes,
        string pattern,
        string[] methods,
        OperationShape shape,
        Func<TAnswer, IResult> answer
    )
        where TRequest : class, IRequest<TAnswer>, new()
    {
        return routes.MapMethods(pattern, methods, ServeAsync).WithMetadata(shape, Described);

        async Task ServeAsync(HttpContext context)
        {
            MediaTypes.RequireJsonAccepted(context.Request);
            var request = await RequestReader.ReadAsync<TRequest>(context);
            var mediator = context.RequestServices.GetRequiredService<IMediator>();
            await answer(await mediator.Send(request, context.RequestAborted)).ExecuteAsync(context);
        }
    }
}
