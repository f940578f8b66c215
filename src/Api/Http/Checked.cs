namespace Galley.Http;

/// <summary>A part of a request that was read and may have been found wanting. The group's filter answers for all of them at once.</summary>
internal interface IChecked
{
    /// <summary>A problem that leaves nothing else to say, such as a path that cannot be read.</summary>
    Problem? Refusal => null;

    /// <summary>What is wrong with parameters and headers.</summary>
    IReadOnlyList<InputError> Errors => [];

    /// <summary>The sources that are named here. A key that is not for one of them gets no further.</summary>
    IReadOnlyList<string> Sources => [];
}

/// <summary>A query that names sources.</summary>
internal interface INamesSources
{
    IReadOnlyList<string> Sources { get; }
}

/// <summary>Refuses what is wrong with path, query and headers before a handler runs: all of it at once.</summary>
internal static class StrictInput
{
    public static RouteGroupBuilder WithStrictInput(this RouteGroupBuilder group)
    {
        group.AddEndpointFilter((context, next) =>
        {
            IChecked[] parts = [.. context.Arguments.OfType<IChecked>()];
            if (ProblemOf(context.HttpContext, parts) is { } problem)
                return ValueTask.FromResult<object?>(problem);

            return Array.Find(parts, part => part is Writing { Once: not null }) is Writing { Once: { } once }
                ? context.HttpContext.RequestServices.GetRequiredService<Replies>().AnswerAsync(context, once, () => next(context))
                : next(context);
        });
        return group;
    }

    private static IResult? ProblemOf(HttpContext context, IChecked[] parts)
    {
        // Where a body is read, what is wrong with it comes after existence and preconditions.
        if (RequestBody.IsEncoded(context.Request) && context.GetEndpoint()?.Metadata.GetMetadata<BodyMetadata>() is null)
            return new BadRequestProblem(RequestBody.Encoded);

        // Almost always nothing is wrong: then this is all that it costs.
        if ((HasUndeclaredQuery(context) || Array.Exists(parts, part => part.Refusal is not null || part.Errors.Count > 0)) && RefusalOf(context, parts) is { } problem)
            return problem;

        return Caller.Of(context) is { Limits: var limits } && SourcesOutside(limits, parts).ToList() is { Count: > 0 } outside ? new ForbiddenProblem(Problems.Outside(outside)) : null;
    }

    private static BadRequestProblem? RefusalOf(HttpContext context, IChecked[] parts)
    {
        if (parts.Select(part => part.Refusal).FirstOrDefault(refusal => refusal is not null) is { } refusal)
            return new BadRequestProblem(refusal);

        var errors = parts.SelectMany(part => part.Errors).Concat(UndeclaredQuery(context)).ToList();
        return errors.Count > 0 ? new BadRequestProblem(Problems.InvalidQuery(errors)) : null;
    }

    private static IEnumerable<InputError> SourcesOutside(ContentLimits limits, IChecked[] parts) =>
        parts.SelectMany(part => part.Sources).Where(source => !limits.HoldSource(source))
            .Select(source => InputError.In("source", "outside-constraint", $"The key is not for the source {source}."));

    // An endpoint without query parameters has no reader that would refuse them.
    private static bool HasUndeclaredQuery(HttpContext context) =>
        context.Request.QueryString.HasValue && context.GetEndpoint()?.Metadata.GetMetadata<QueryMetadata>() is null;

    private static IReadOnlyList<InputError> UndeclaredQuery(HttpContext context) =>
        HasUndeclaredQuery(context) ? new QueryReader(RawTarget.QueryOf(context), [], Writing.ParametersOf(context)).Errors : [];
}
