"""Where? Points on the sphere and the distances between them."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

type FloatArray = NDArray[np.float64]

EARTH_RADIUS_KM = 6371.0088  # IUGG mean radius R1


@dataclass(frozen=True, slots=True)
class Point:
    """WGS 84 degrees. Raises ValueError outside the globe."""

    latitude: float
    longitude: float

    def __post_init__(self) -> None:
        if not (-90 <= self.latitude <= 90 and -180 <= self.longitude <= 180):
            raise ValueError(f"latitude {self.latitude}, longitude {self.longitude} is not a place on Earth")


def distance_km(here: Point, there: Point) -> float:
    """Great-circle distance by the haversine formula."""
    lat1, lat2 = math.radians(here.latitude), math.radians(there.latitude)
    half = math.sin((lat2 - lat1) / 2) ** 2
    half += math.cos(lat1) * math.cos(lat2) * math.sin(math.radians(there.longitude - here.longitude) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(half)))


def distances_km(latitude: FloatArray, longitude: FloatArray, centre: Point) -> FloatArray:
    """Great-circle distances from one centre. latitude, longitude: (n,) degrees. Result: (n,) km."""
    lat = np.radians(latitude)
    lat0 = math.radians(centre.latitude)
    half = np.sin((lat - lat0) / 2) ** 2
    half = half + np.cos(lat) * math.cos(lat0) * np.sin(np.radians(longitude - centre.longitude) / 2) ** 2
    result: FloatArray = 2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(1.0, np.sqrt(half)))
    return result


def unit_vectors(latitude: FloatArray, longitude: FloatArray) -> FloatArray:
    """Points on the unit sphere, (n, 3): straight chords between them order as great circles do."""
    lat, lon = np.radians(latitude), np.radians(longitude)
    return np.column_stack((np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)))


def chord_of_km(distance_km: float) -> float:
    """The length of the unit-sphere chord that spans this great-circle distance."""
    return 2 * math.sin(min(math.pi, distance_km / EARTH_RADIUS_KM) / 2)
