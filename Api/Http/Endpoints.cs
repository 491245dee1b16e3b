using MediatR;
using Microsoft.Net.Http.Headers;
using Registry.Infrastructure.Database;

namespace Registry.Api.Http;

/// <summary>What an operation takes and gives; the contract is made from it.</summary>
/// <param name="Request">The request it reads.</param>
/// <param name="Answer">The type of the record or of the items it gives; null where it gives nothing.</param>
/// <param name="Kind">What it does.</param>
/// <param name="Id">The operation's name in generated clients.</param>
internal sealed record OperationShape(Type Request, Type? Answer, OperationKind Kind, string Id);

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
internal static class Endpoints
{
    public static readonly string[] ReadMethods = [HttpMethods.Get, HttpMethods.Head];

    public static void MapRecord<TRequest, TDocument>(this IEndpointRouteBuilder routes, string pattern)
        where TRequest : class, IRequest<StoredRecord>, new() =>
        routes
            .MapMethods(
                pattern,
                ReadMethods,
                async (Incoming<TRequest> incoming, IMediator mediator, CancellationToken token) =>
                    new RecordAnswer(await mediator.Send(incoming.Request, token))
            )
            .Shaped<TRequest>(typeof(TDocument), OperationKind.Get);

    public static void MapList<TRequest, TItem>(this IEndpointRouteBuilder routes, string pattern)
        where TRequest : ListQuery, IRequest<Page>, new() =>
        routes
            .MapMethods(
                pattern,
                ReadMethods,
                async (Incoming<TRequest> incoming, IMediator mediator, CancellationToken token) =>
                    new PageAnswer(await mediator.Send(incoming.Request, token))
            )
            .Shaped<TRequest>(typeof(TItem), OperationKind.List);

    public static void MapCreate<TRequest, TDocument>(
        this IEndpointRouteBuilder routes,
        string pattern,
        Func<StoredRecord, string> location,
        OperationKind kind = OperationKind.Create
    )
        where TRequest : class, IRequest<StoredRecord>, new() =>
        routes
            .MapPost(
                pattern,
                async (Incoming<TRequest> incoming, IMediator mediator, CancellationToken token) =>
                {
                    var stored = await mediator.Send(incoming.Request, token);
                    return new RecordAnswer(stored, StatusCodes.Status201Created, location(stored));
                }
            )
            .Shaped<TRequest>(typeof(TDocument), kind)
            .RequireAuthorization();

    public static void MapReplace<TRequest, TDocument>(
        this IEndpointRouteBuilder routes,
        string pattern,
        Func<StoredRecord, string> location
    )
        where TRequest : class, IRequest<Written>, new() =>
        routes
            .MapPut(
                pattern,
                async (Incoming<TRequest> incoming, IMediator mediator, CancellationToken token) =>
                {
                    var (stored, created) = await mediator.Send(incoming.Request, token);
                    return created
                        ? new RecordAnswer(stored, StatusCodes.Status201Created, location(stored))
                        : new RecordAnswer(stored);
                }
            )
            .Shaped<TRequest>(typeof(TDocument), OperationKind.Replace)
            .RequireAuthorization();

    public static void MapCorrect<TRequest, TDocument>(this IEndpointRouteBuilder routes, string pattern)
        where TRequest : class, IRequest<StoredRecord>, new() =>
        routes
            .MapPatch(
                pattern,
                async (Incoming<TRequest> incoming, IMediator mediator, CancellationToken token) =>
                    new RecordAnswer(await mediator.Send(incoming.Request, token))
            )
            .Shaped<TRequest>(typeof(TDocument), OperationKind.Correct)
            .RequireAuthorization();

    public static void MapDelete<TRequest>(this IEndpointRouteBuilder routes, string pattern)
        where TRequest : class, IRequest, new() =>
        routes
            .MapDelete(
                pattern,
                async (Incoming<TRequest> incoming, IMediator mediator, CancellationToken token) =>
                {
                    await mediator.Send(incoming.Request, token);
                    return TypedResults.NoContent();
                }
            )
            .Shaped<TRequest>(null, OperationKind.Delete)
            .RequireAuthorization();

    /// <summary>The operations of a group answer in JSON alone; a caller that does not accept it hears so.</summary>
    public static RouteGroupBuilder AnsweringJson(this RouteGroupBuilder group)
    {
        group.AddEndpointFilter(
            (context, next) =>
            {
                var accept = context.HttpContext.Request.Headers.Accept;
                return
                    accept.Count == 0
                    || !MediaTypeHeaderValue.TryParseList(accept.OfType<string>().ToList(), out var ranges)
                    || ranges.Any(Covers)
                    ? next(context)
                    : throw new NotAcceptableException(MediaTypes.Json);
            }
        );
        return group;

        static bool Covers(MediaTypeHeaderValue range) =>
            range.Quality is not 0
            && (
                range.MatchesAllTypes
                || (range.MatchesAllSubTypes && range.Type.Equals("application", StringComparison.OrdinalIgnoreCase))
                || range.MediaType.Equals(MediaTypes.Json, StringComparison.OrdinalIgnoreCase)
            );
    }

    private static RouteHandlerBuilder Shaped<TRequest>(
        this RouteHandlerBuilder route,
        Type? answer,
        OperationKind kind
    ) =>
        route
            .WithMetadata(new OperationShape(typeof(TRequest), answer, kind, typeof(TRequest).Name))
            .WithName(typeof(TRequest).Name);
}
