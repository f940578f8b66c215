using System.Text.Json;

namespace Galley.Tests.Durability.Traffic;

/// <summary>What a server answered to a write.</summary>
internal sealed record Answer(int Status, JsonElement Body)
{
    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>The writer ran it, said no, and left no trace.</summary>
    public bool IsRefusal => Status == 409;

    /// <summary>The server could not; nobody can say what the file holds.</summary>
    public bool IsOutage => Status is 503 or 507;

    public string Text(string member) => Body.GetProperty(member).GetString()!;
}

/// <summary>Sends one request of the newsroom; throws where no answer came.</summary>
internal delegate Task<Answer> Send(HttpMethod method, string target, object? body);
